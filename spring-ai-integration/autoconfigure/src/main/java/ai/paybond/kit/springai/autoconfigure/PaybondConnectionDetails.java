package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.ApiKey;
import ai.paybond.kit.wire.ed25519.VerifyingKey;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Where Paybond is and whose key is used. A bean of this type goes before the properties. */
public interface PaybondConnectionDetails extends ConnectionDetails {

    /** The Gateway's base address. */
    URI gatewayUrl();

    /** The service account's key. */
    ApiKey apiKey();

    /** Harbor's own base address, if it is called directly. */
    default @Nullable URI harborUrl() {
        return null;
    }

    /** The keys that capabilities may be signed with, by id. */
    Map<Integer, VerifyingKey> capabilityRootKeys();
}
