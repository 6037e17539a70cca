package ai.paybond.kit.harbor;

import ai.paybond.kit.PaybondException;

/** A device that was not let in, or was given a key that it does not take. */
public final class DeviceLoginException extends PaybondException {
    private static final long serialVersionUID = 1L;

    DeviceLoginException(String code, String message) {
        super(code, message);
    }
}
