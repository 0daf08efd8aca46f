package io.parallax.contract.message;

/**
 * A {@link io.parallax.contract.SourceDetails} in a message.
 *
 * @param id the data source's id
 * @param sealed {@link io.parallax.contract.seal.Seal} of its JSON, in the context {@link #context(long)}
 */
public record SealedSource(long id, String sealed) {
    /** What the seal is bound to, so that one source's details do not open as another's. */
    public static String context(long id) {
        return "source:" + id;
    }
}
