package ai.paybond.kit.internal.biscuit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself, true or not.
 *
 * @param rootKeyId which root key it claims to be signed under
 * @param sealed whether no block can be added any more
 * @param checks the checks of each block in Datalog, the authority block's first
 */
public record TokenContent(
        @Nullable Integer rootKeyId,
        Grant grant,
        List<String> revocationIds,
        boolean sealed,
        List<List<String>> checks) {}
