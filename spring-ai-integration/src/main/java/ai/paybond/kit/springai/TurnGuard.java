package ai.paybond.kit.springai;

import ai.paybond.kit.guard.ToolGuard;
import org.springframework.ai.chat.client.ChatClientRequest;
import reactor.core.publisher.Mono;

/**
 * Says under which guard a request to a chat client runs, before its turn begins: by who is asking, such as the user of a
 * web request.
 *
 * <p>Subscribed to once for each turn, with the Reactor context of a streamed one and on the caller's thread; empty, or an
 * error, means that no tool may run. Implementations are thread-safe.
 */
@FunctionalInterface
public interface TurnGuard {

    /** The guard of a turn; empty when there is none. */
    Mono<ToolGuard> guardFor(ChatClientRequest request);
}
