package ai.paybond.kit.springai.web.approvals;

import ai.paybond.kit.springai.web.OwnedGuard;
import java.util.Collection;

/**
 * The guards whose calls can be approved here. A guard of an earlier process counts as well, if it is made again for the same
 * intent and journal. By default those of the callers that this process has seen, and the beans of type {@code ToolGuard}.
 */
@FunctionalInterface
public interface ApprovableGuards {

    /** All of them; who may see which calls is decided later. */
    Collection<OwnedGuard> guards();
}
