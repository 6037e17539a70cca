package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.policy.Policy;
import ai.paybond.kit.policy.PolicyException;
import ai.paybond.kit.policy.PolicyParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;

/** Reads the policy that a property names. */
final class PolicyFile {

    private PolicyFile() {}

    /**
     * A file is read as such, so that it may extend another; what is inside an archive stands alone.
     *
     * @throws InvalidPolicyException naming every place that is wrong
     */
    static Policy read(Resource resource) {
        try {
            return resource.isFile()
                    ? Policy.parse(resource.getFile().toPath())
                    : PolicyParser.standard().parse(resource.getContentAsString(StandardCharsets.UTF_8));
        } catch (PolicyException e) {
            throw new InvalidPolicyException(resource, e);
        } catch (IOException e) {
            throw InvalidPolicyException.unreadable(resource, e);
        }
    }
}
