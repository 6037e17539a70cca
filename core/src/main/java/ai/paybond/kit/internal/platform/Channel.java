package ai.paybond.kit.internal.platform;

import ai.paybond.kit.internal.http.Machine;

/** The platform for one tenant: what a session's clients send their calls through. Safe for use by many threads. */
public final class Channel {
    private final Connection gateway;
    private final Connection harbor;
    private final String tenantId;
    private final Machine machine;

    /**
     * @param gateway has every route
     * @param harbor has Harbor's: the Gateway again, or Harbor itself
     */
    public Channel(Connection gateway, Connection harbor, String tenantId, Machine machine) {
        this.gateway = gateway;
        this.harbor = harbor;
        this.tenantId = tenantId;
        this.machine = machine;
    }

    /** The tenant that the session was opened for. */
    public String tenantId() {
        return tenantId;
    }

    /** Begins a call; the parameters are those of the route's path. */
    public Request to(Route route, String... parameters) {
        Connection connection = route.isOfHarbor() ? harbor : gateway;
        Request request = new Request(this, connection, route, connection.call(route, parameters));
        return route.namesTenant() ? request.header("x-tenant-id", tenantId) : request;
    }

    /** The clock and the chance of the session. */
    public Machine machine() {
        return machine;
    }
}
