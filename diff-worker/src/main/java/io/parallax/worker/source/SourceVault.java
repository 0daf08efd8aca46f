package io.parallax.worker.source;

import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.BrokenSealException;
import io.parallax.contract.seal.Seal;

/** Opens the connection details that come sealed in messages. */
public final class SourceVault {
    private final Seal seal;

    public SourceVault(Seal seal) {
        this.seal = seal;
    }

    /**
     * The details behind the seal.
     *
     * @throws DiffFailedException of type Internal when they do not open
     */
    public SourceDetails open(SealedSource source) {
        try {
            byte[] plain = seal.open(source.sealed(), SealedSource.context(source.id()));
            SourceDetails details = Codec.decode(plain, SourceDetails.class);
            return new SourceDetails(details.type(), details.options(), source.maxConnections());
        } catch (BrokenSealException e) {
            throw new DiffFailedException(ErrorType.INTERNAL, String.valueOf(e.getMessage()), e);
        } catch (UnreadableMessageException e) {
            // Without the cause: it would quote the plaintext.
            throw new DiffFailedException(
                    ErrorType.INTERNAL,
                    "The connection details of data source " + source.id()
                            + " were written by another version; save the data source again.");
        }
    }
}
