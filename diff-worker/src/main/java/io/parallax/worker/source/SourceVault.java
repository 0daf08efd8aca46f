package io.parallax.worker.source;

import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.seal.BrokenSealException;
import io.parallax.contract.seal.Seal;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the connection details that come sealed in messages. */
public final class SourceVault {
    private final Seal seal;
    private final SealCheck check;

    public SourceVault(Seal seal, SealCheck check) {
        this.seal = seal;
        this.check = check;
    }

    /** Why work on these sources is for another worker; empty where it is not, or may fail here as anywhere. */
    public Optional<Failure> lacking(@Nullable SealedSource... sources) {
        try {
            Stream.of(sources).filter(Objects::nonNull).forEach(this::open);
            return Optional.empty();
        } catch (DiffFailedException e) {
            return e.handsBack() ? Optional.of(e.failure()) : Optional.empty();
        }
    }

    /**
     * The details behind the seal.
     *
     * @throws DiffFailedException of type Internal when they do not open; handing back, when that may be for want of a key
     */
    public SourceDetails open(SealedSource source) {
        try {
            byte[] plain = seal.open(source.sealed(), SealedSource.context(source.id()));
            SourceDetails details = Codec.decode(plain, SourceDetails.class);
            return new SourceDetails(details.type(), details.options(), source.maxConnections());
        } catch (BrokenSealException e) {
            String why = String.valueOf(e.getMessage());
            throw check.verdict() == SealCheck.Verdict.OPENS
                    ? new DiffFailedException(ErrorType.INTERNAL, why, e)
                    : DiffFailedException.handingBack(why, e);
        } catch (UnreadableMessageException e) {
            // Without the cause: it would quote the plaintext.
            throw new DiffFailedException(
                    ErrorType.INTERNAL,
                    "The connection details of data source " + source.id()
                            + " were written by another version; save the data source again.");
        }
    }
}
