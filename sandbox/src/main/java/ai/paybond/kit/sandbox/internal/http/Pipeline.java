package ai.paybond.kit.sandbox.internal.http;

import ai.paybond.kit.sandbox.internal.store.Database;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.recognition.RecognitionProof;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request: who is it, is the tenant theirs, did a registered agent make it, was it answered before, and
 * only then the work itself. A refusal undoes the work but is remembered like any other final answer.
 */
public final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Database database;
    private final Authenticator authenticator;
    private final RecognitionGate recognition;
    private final IdempotencyGate idempotency;
    private volatile Runnable announce = () -> {};
    private final TenantLocks locks = new TenantLocks();

    public Pipeline(
            Database database, Authenticator authenticator, RecognitionGate recognition, IdempotencyGate idempotency) {
        this.database = database;
        this.authenticator = authenticator;
        this.recognition = recognition;
        this.idempotency = idempotency;
    }

    /** Calls back after every request that may have written something. */
    public Pipeline announcing(Runnable listener) {
        announce = listener;
        return this;
    }

    /** Never throws: what goes wrong inside is a 500 that says nothing about the inside. */
    Reply handle(Route route, Request request) {
        Reply reply = reply(route, request);
        if (route.writes()) {
            announce.run();
        }
        return reply;
    }

    private Reply reply(Route route, Request request) {
        try {
            return answer(route, request);
        } catch (ApiException e) {
            return e.reply(request.id());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{} {} failed", route.method(), route.template(), e);
            return ApiException.nested(500, "internal", "The sandbox failed; see its log.")
                    .reply(request.id());
        }
    }

    private Reply answer(Route route, Request request) {
        if (route.isOpen()) {
            return locks.inTenant(
                    "",
                    () -> database.inTransaction(
                            session -> route.endpoint().handle(request, Caller.nobody(), session)));
        }
        refuseTenantHeader(route, request);
        Caller caller = database.inTransaction(session -> authenticator.authenticate(request, session));
        caller.requireScope(route.scope());
        if (!route.writes()) {
            return database.inTransaction(session -> route.endpoint().handle(request, caller, session));
        }
        requireTenantHint(request.json(), caller);
        return locks.inTenant(caller.tenantId(), () -> write(route, request, caller));
    }

    private Reply write(Route route, Request request, Caller caller) {
        Optional<RecognitionProof> proof =
                database.inTransaction(session -> recognition.check(route, request, caller, session));
        Optional<String> key = idempotency.key(request);
        Optional<Reply> replay =
                key.flatMap(text -> database.inTransaction(session -> replay(route, request, caller, text, session)));
        return replay.orElseGet(() -> work(new Write(route, request, caller, proof, key)));
    }

    private Optional<Reply> replay(Route route, Request request, Caller caller, String key, Session session) {
        return route.endpoint().mayHearAgain(request, caller, session)
                ? idempotency.replay(route, request, caller, key, session)
                : Optional.empty();
    }

    private record Write(
            Route route, Request request, Caller caller, Optional<RecognitionProof> proof, Optional<String> key) {}

    private Reply work(Write write) {
        database.inTransaction(session -> {
            recognition.requireFresh(write.proof(), write.caller(), session);
            return write;
        });
        try {
            return database.inTransaction(session -> {
                Reply reply = write.route().endpoint().handle(write.request(), write.caller(), session);
                remember(write, reply, session);
                return reply;
            });
        } catch (ApiException e) {
            Reply reply = e.reply(write.request().id());
            database.inTransaction(session -> {
                remember(write, reply, session);
                return reply;
            });
            return reply;
        }
    }

    private void remember(Write write, Reply reply, Session session) {
        if (reply.status() < 500) {
            recognition.use(write.proof(), write.caller(), session);
        }
        if (reply.isFinal()) {
            write.key()
                    .ifPresent(key ->
                            idempotency.keep(write.route(), write.request(), write.caller(), key, reply, session));
        }
    }

    private static void refuseTenantHeader(Route route, Request request) {
        if (route.refusesTenantHeader() && request.header("x-tenant-id").isPresent()) {
            throw ApiException.invalid("x-tenant-id is not accepted here; the API key names the tenant.");
        }
    }

    /** A body may name the tenant too; it is a hint that must agree, never an authorization. */
    private static void requireTenantHint(JsonObject body, Caller caller) {
        for (String member : new String[] {"tenant_id", "org_id"}) {
            if (body.has(member) && !body.string(member).equals(Optional.of(caller.tenantId()))) {
                throw ApiException.invalid(member + " is not the tenant of this credential.");
            }
        }
    }
}
