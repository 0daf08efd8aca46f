#!/bin/sh
# Writes .env with secrets of its own, once; readable by its owner alone.
set -eu
cd "$(dirname "$0")"
[ -e .env ] && { echo ".env is there already." >&2; exit 1; }
umask 077
cat > .env <<SECRETS
PARALLAX_SEALING_KEY=$(openssl rand -base64 32)
PARALLAX_STORE_PASSWORD=$(openssl rand -hex 24)
PARALLAX_API_KEY=$(openssl rand -hex 24)
SECRETS
echo "Wrote deploy/compose/.env; PARALLAX_API_KEY in it is the first API key."
