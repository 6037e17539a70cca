package ai.paybond.kit.sandbox;

/**
 * One route that the sandbox serves, as its router has it.
 *
 * @param route under which name faults and idempotency know it
 * @param method such as {@code POST}
 * @param path with its mount, parameters in braces: {@code /harbor/intents/{id}/fund}
 * @param open whether it asks for no credential
 * @param scope what a restricted key must have been given, empty when such keys never get there
 */
public record RouteEntry(SandboxRoute route, String method, String path, boolean open, String scope) {}
