package ai.paybond.kit.sandbox.internal.login;

import ai.paybond.kit.sandbox.SandboxRoute;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Caller;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Reply;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.sandbox.internal.http.Route;
import ai.paybond.kit.sandbox.internal.store.DocumentKind;
import ai.paybond.kit.sandbox.internal.store.DocumentStore;
import ai.paybond.kit.sandbox.internal.store.DocumentStore.Document;
import ai.paybond.kit.sandbox.internal.store.Session;
import ai.paybond.kit.sandbox.internal.store.TenantStore;
import ai.paybond.kit.wire.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * OAuth's device flow, for sandbox keys of operators only. The key is made when the device asks after a person has
 * agreed, and is handed out once.
 */
public final class DeviceLogins {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String START = "/v1/public/auth/device/start";
    private static final String TOKEN = "/v1/public/auth/device/token";
    private static final String ADMIN = "/v1/admin/device-logins/{code}";
    private static final String NOBODY = "";
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final String CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private final DocumentStore documents;
    private final TenantStore tenants;
    private final KeyMint mint;
    private final SecureRandom random;
    private final Clock clock;

    public DeviceLogins(DocumentStore documents, TenantStore tenants, KeyMint mint, SecureRandom random, Clock clock) {
        this.documents = documents;
        this.tenants = tenants;
        this.mint = mint;
        this.random = random;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.open(SandboxRoute.DEVICE_LOGIN, "POST", START, this::start),
                Route.open(SandboxRoute.DEVICE_LOGIN, "POST", TOKEN, this::token),
                Route.gateway(SandboxRoute.DEVICE_LOGIN, "POST", ADMIN + "/approve", this::approve),
                Route.gateway(SandboxRoute.DEVICE_LOGIN, "POST", ADMIN + "/deny", this::deny));
    }

    private Reply start(Request request, Caller caller, Session session) {
        Members members = new Members(request.json());
        members.text("client_id");
        if (!members.optionalText("requested_environment").orElse("sandbox").equals("sandbox")
                || !members.optionalText("service_account_role")
                        .orElse("operator")
                        .equals("operator")) {
            throw oauth("access_denied", "Only sandbox keys of operators are given to devices.");
        }
        String code = UUID.randomUUID() + "-" + UUID.randomUUID();
        String userCode = userCode();
        JsonObject login = JsonObject.builder()
                .put("device_code", code)
                .put("user_code", userCode)
                .put("status", "pending")
                .put("expires_at", text(clock.instant().plus(LIFE)))
                .build();
        documents.put(session, NOBODY, DocumentKind.DEVICE_LOGIN, userCode, login, clock.instant());
        String page = "http://" + request.header("host").orElse("127.0.0.1") + "/device";
        return Reply.ok(JsonObject.builder()
                .put("device_code", code)
                .put("user_code", userCode)
                .put("verification_uri", page)
                .put("verification_uri_complete", page + "?user_code=" + userCode)
                .put("expires_in", LIFE.toSeconds())
                .put("interval", INTERVAL.toSeconds())
                .build());
    }

    private String userCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            code.append(i == 4 ? "-" : "").append(CODE_LETTERS.charAt(random.nextInt(CODE_LETTERS.length())));
        }
        return code.toString();
    }

    private Reply token(Request request, Caller caller, Session session) {
        Members members = new Members(request.json());
        if (!members.text("grant_type").equals(GRANT)) {
            throw oauth("unsupported_grant_type", "Only the device grant is supported.");
        }
        JsonObject login = documents.all(session, NOBODY, DocumentKind.DEVICE_LOGIN).stream()
                .map(Document::body)
                .filter(body -> body.string("device_code").equals(members.anyText("device_code")))
                .findFirst()
                .orElseThrow(() -> oauth("expired_token", "There is no such login."));
        if (isExpired(login)) {
            throw oauth("expired_token", "The login has expired.");
        }
        return switch (login.string("status").orElse("")) {
            case "approved" -> finish(login, session);
            case "denied" -> throw oauth("access_denied", "The login was denied.");
            case "done" -> throw oauth("expired_token", "The key was handed out already.");
            default -> waiting(login, session);
        };
    }

    /** Asked again too soon, the device is told to slow down; the question is remembered, so this is no refusal. */
    private Reply waiting(JsonObject login, Session session) {
        boolean hasty = login.string("asked_at")
                .filter(at -> clock.instant().isBefore(Instant.parse(at).plus(INTERVAL)))
                .isPresent();
        put(login.with("asked_at", text(clock.instant())), session);
        return Reply.of(
                400,
                JsonObject.builder()
                        .put("error", hasty ? "slow_down" : "authorization_pending")
                        .put("error_description", "Nobody has agreed yet.")
                        .put("interval", INTERVAL.toSeconds())
                        .build());
    }

    private Reply finish(JsonObject login, Session session) {
        String tenantId = login.string("tenant_id").orElseThrow();
        put(login.with("status", "done"), session);
        return Reply.ok(JsonObject.builder()
                .put("access_token", mint.operatorKey(session, tenantId))
                .put("token_type", "bearer")
                .put("tenant_id", tenantId)
                .put(
                        "tenant_uuid",
                        tenants.tenant(session, tenantId).tenantUuid().toString())
                .put("environment", "sandbox")
                .put("service_account_role", "operator")
                .build());
    }

    private Reply approve(Request request, Caller caller, Session session) {
        caller.requireOperator();
        if (!caller.isSandbox()) {
            throw ApiException.nested(403, "sandbox_only", "Only sandbox credentials may let a device in.");
        }
        return decided(request.parameters().getOrDefault("code", ""), "approved", caller.tenantId(), session);
    }

    private Reply deny(Request request, Caller caller, Session session) {
        caller.requireOperator();
        return decided(request.parameters().getOrDefault("code", ""), "denied", caller.tenantId(), session);
    }

    private Reply decided(String userCode, String status, String tenantId, Session session) {
        JsonObject login = decide(userCode, status, tenantId, session).orElseThrow(ApiException::notFound);
        return Reply.ok(JsonObject.builder()
                .put("user_code", login.get("user_code"))
                .put("status", status)
                .build());
    }

    /** Lets the device in to the tenant, or not; empty when no login waits under that code. */
    public Optional<JsonObject> decide(String userCode, String status, String tenantId, Session session) {
        return documents
                .find(session, NOBODY, DocumentKind.DEVICE_LOGIN, userCode.toUpperCase(Locale.ROOT))
                .filter(login -> login.string("status").orElse("").equals("pending") && !isExpired(login))
                .map(login -> put(login.with("status", status).with("tenant_id", tenantId), session));
    }

    private JsonObject put(JsonObject login, Session session) {
        documents.put(
                session,
                NOBODY,
                DocumentKind.DEVICE_LOGIN,
                login.string("user_code").orElseThrow(),
                login,
                clock.instant());
        return login;
    }

    private boolean isExpired(JsonObject login) {
        return !clock.instant()
                .isBefore(Instant.parse(login.string("expires_at").orElseThrow()));
    }

    private static ApiException oauth(String code, String message) {
        return ApiException.flat(400, code, message);
    }

    private static String text(Instant at) {
        return DateTimeFormatter.ISO_INSTANT.format(at);
    }
}
