package io.parallax.contract;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses an operator lets Parallax talk to on behalf of others. Addresses, not names: a name may resolve to
 * anything.
 *
 * @param allowed networks; empty for all
 * @param denied networks that are not, whatever is allowed
 */
public record HostRules(List<Network> allowed, List<Network> denied) {
    /** That forbid nothing. */
    public static final HostRules NONE = new HostRules(List.of(), List.of());

    public HostRules {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /**
     * From lists of addresses and networks such as {@code 10.0.0.0/8, fd00::/8}; null or blank for none.
     *
     * @throws IllegalArgumentException with a sentence that names what is wrong
     */
    public static HostRules of(@Nullable String allowed, @Nullable String denied) {
        return new HostRules(networks(allowed), networks(denied));
    }

    private static List<Network> networks(@Nullable String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split("[,\\s]+"))
                        .filter(word -> !word.isEmpty())
                        .map(Network::of)
                        .toList();
    }

    /** Whether this address may be talked to. */
    public boolean permit(InetAddress address) {
        return denied.stream().noneMatch(network -> network.contains(address))
                && (allowed.isEmpty() || allowed.stream().anyMatch(network -> network.contains(address)));
    }

    /** Addresses that begin with the same bits. */
    public record Network(InetAddress first, int bits) {
        private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

        static Network of(String text) {
            String[] parts = text.split("/", 2);
            try {
                // Never a name, which would be looked up.
                if (!LITERAL.matcher(parts[0]).matches()) {
                    throw new UnknownHostException(parts[0]);
                }
                InetAddress first = InetAddress.getByName(parts[0]);
                int most = first.getAddress().length * Byte.SIZE;
                int bits = parts.length == 1 ? most : Integer.parseInt(parts[1]);
                if (bits < 0 || bits > most) {
                    throw new NumberFormatException(parts[1]);
                }
                return new Network(first, bits);
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException(
                        "No network: " + text + "; networks look like 10.0.0.0/8, 192.168.1.7 or fd00::/8.", e);
            }
        }

        boolean contains(InetAddress address) {
            byte[] own = first.getAddress();
            byte[] other = address.getAddress();
            if (own.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % Byte.SIZE;
                if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
