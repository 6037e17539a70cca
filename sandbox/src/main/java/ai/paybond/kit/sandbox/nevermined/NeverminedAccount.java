package ai.paybond.kit.sandbox.nevermined;

/**
 * Someone with a key to the sandbox.
 *
 * @param name as it was asked for
 * @param address the account's address, which credits are held by
 * @param apiKey {@code local:<jwt>}; a secret of this sandbox
 */
public record NeverminedAccount(String name, String address, String apiKey) {
    /** Without the key. */
    @Override
    public String toString() {
        return "NeverminedAccount[" + name + ", " + address + "]";
    }
}
