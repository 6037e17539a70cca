package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.PaybondOptions;

/**
 * Sets what properties cannot: the payee's key, the journal, an HSM. A bean of this type is called once, after the
 * properties and in the order of its {@code @Order}.
 */
@FunctionalInterface
public interface PaybondOptionsCustomizer {

    /** Changes the options before the session is opened. */
    void customize(PaybondOptions.Builder options);
}
