package ai.paybond.kit.a2a;

import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.PageStream.Page;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the agent card and the settlement task contracts. Thread-safe; see {@code docs/clients.md} for the routes. Failures
 * are those of {@link ai.paybond.kit.harbor.HarborClient}, the binding of tenants excepted.
 */
public final class A2aClient {
    private final Channel channel;

    /** Made by the session. */
    public A2aClient(Channel channel) {
        this.channel = channel;
    }

    /** How the Gateway describes itself. */
    public AgentCard card() {
        return AgentCard.of(channel.to(Route.A2A_CARD).reply());
    }

    /** The contracts on offer, read page by page as the stream is consumed; a single page where the server has no more. */
    public Stream<TaskContract> contracts() {
        return PageStream.of(cursor -> {
            Reply reply = channel.to(Route.A2A_CONTRACTS)
                    .query("cursor", cursor.orElse(null))
                    .reply();
            return new Page<>(
                    reply.objects("contracts").stream()
                            .map(reply::inner)
                            .map(TaskContract::of)
                            .toList(),
                    reply.optionalString("nextCursor").or(() -> reply.optionalString("next_cursor")));
        });
    }

    /**
     * One contract; empty when there is none of that name.
     *
     * @throws ai.paybond.kit.harbor.TenantBindingException {@code contract.binding_mismatch} when the reply is another one
     */
    public Optional<TaskContract> contract(String id) {
        return channel.to(Route.A2A_CONTRACT, id).find().map(reply -> TaskContract.of(reply.of("contract", "id", id)));
    }
}
