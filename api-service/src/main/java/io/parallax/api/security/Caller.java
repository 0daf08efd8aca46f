package io.parallax.api.security;

import jakarta.enterprise.context.RequestScoped;

/** Who sent the request at hand; known once {@link Authentication} has let it in. */
@RequestScoped
public class Caller {
    private long id;
    private boolean onRecord;

    void is(long id) {
        this.id = id;
    }

    /** Whether anybody was let in. */
    public boolean isKnown() {
        return id != 0;
    }

    /** The call is in the audit trail, with what it has changed. */
    public void onRecord() {
        onRecord = true;
    }

    /** Whether the call is in the audit trail. */
    public boolean isOnRecord() {
        return onRecord;
    }

    /** The id of the caller's key. */
    public long id() {
        return id;
    }
}
