package ai.paybond.kit.nevermined.conformance;

import static ai.paybond.kit.nevermined.conformance.Cases.object;
import static ai.paybond.kit.nevermined.conformance.Cases.requireEqual;
import static ai.paybond.kit.nevermined.conformance.Cases.text;
import static ai.paybond.kit.nevermined.conformance.Cases.texts;
import static ai.paybond.kit.nevermined.conformance.Cases.utf8;

import ai.paybond.kit.ConfigurationException;
import ai.paybond.kit.nevermined.BackendError;
import ai.paybond.kit.nevermined.CreatedDelegation;
import ai.paybond.kit.nevermined.Delegation;
import ai.paybond.kit.nevermined.DelegationRequest;
import ai.paybond.kit.nevermined.NeverminedApiKey;
import ai.paybond.kit.nevermined.NeverminedEnvironment;
import ai.paybond.kit.nevermined.NeverminedException;
import ai.paybond.kit.nevermined.NeverminedOptions;
import ai.paybond.kit.nevermined.PaymentScheme;
import ai.paybond.kit.nevermined.TokenRequest;
import ai.paybond.kit.nevermined.conformance.Cases.Departure;
import ai.paybond.kit.nevermined.internal.NoReplyException;
import ai.paybond.kit.nevermined.internal.RequestHeaders;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keys, environments, headers, errors, delegations and the request for a token. */
final class ContractVectors {
    static final Map<String, Consumer<Cases>> RUNNERS = Map.of(
            "nevermined-http-contract.json", ContractVectors::httpContract,
            "nevermined-token-request.json", ContractVectors::tokenRequest,
            "nevermined-delegation.json", ContractVectors::delegation,
            "nevermined-errors.json", ContractVectors::errors);

    private static final String JWT = "a.b.c";

    private ContractVectors() {}

    private static void httpContract(Cases file) {
        file.object("synthetic_api_key", key -> {
            NeverminedApiKey parsed = NeverminedApiKey.of(text(key, "value"));
            requireEqual(key.get("prefix"), parsed.prefix().orElse(null));
            requireEqual(object(key, "jwt_claims").get("sub"), parsed.account().orElse(null));
            file.object(
                    "authenticated_headers",
                    headers -> requireEqual(headers, RequestHeaders.of(parsed.expose(), "1.1", null)));
        });
        file.object("public_headers", headers -> requireEqual(headers, RequestHeaders.of(null, "1.1", null)));
        file.object(
                "optional_org_header",
                header -> requireEqual(
                        header.get("X-Current-Org-Id"),
                        RequestHeaders.of(null, "1.1", text(header, "X-Current-Org-Id"))
                                .get("X-Current-Org-Id")));
        file.object("key_prefix_to_environment", prefixes -> prefixes.members()
                .forEach((prefix, name) -> requireEqual(name, environmentOf(prefix))));
        file.each("environment_precedence", ContractVectors::precedence);
        file.object("environments", ContractVectors::environments);
        file.object("version_option", ContractVectors::versions);
        // Sent over HTTP in this module's tests; only an instance-wide organisation is offered.
        file.information("per_call_header_allowlist", "timeouts", "routes");
    }

    private static @Nullable String environmentOf(String prefix) {
        NeverminedApiKey key = NeverminedApiKey.of(prefix.equals("(none)") ? JWT : prefix + ":" + JWT);
        return NeverminedEnvironment.ofKey(key).map(NeverminedEnvironment::name).orElse(null);
    }

    private static void precedence(JsonObject entry) {
        NeverminedApiKey key = NeverminedApiKey.of(text(entry, "key").replace("<jwt>", JWT));
        NeverminedEnvironment option = entry.string("environment_option")
                .flatMap(NeverminedEnvironment::named)
                .orElse(null);
        NeverminedEnvironment.Choice choice =
                NeverminedEnvironment.choose(key, option, NeverminedEnvironment.custom(Map.of()));
        String expected = text(entry, "expect");
        requireEqual(expected.split(" ", 2)[0], choice.environment().name());
        requireEqual(expected.contains("warn"), choice.warn());
    }

    private static void environments(JsonObject environments) {
        environments.members().keySet().forEach(name -> {
            JsonObject expected = object(environments, name);
            NeverminedEnvironment given =
                    NeverminedEnvironment.named(name).orElseGet(() -> NeverminedEnvironment.custom(Map.of()));
            requireEqual(name, given.name());
            requireEqual(
                    true, text(expected, "backend").endsWith(given.backend().toString()));
            requireEqual(text(expected, "erc4337_network").split(" ", 2)[0], given.erc4337Network());
        });
    }

    private static void versions(JsonObject versions) {
        texts(versions, "accept").forEach(version -> requireEqual(true, isAccepted(version)));
        texts(versions, "reject_ts").forEach(version -> requireEqual(false, isAccepted(version)));
    }

    private static boolean isAccepted(String version) {
        try {
            NeverminedOptions.of(NeverminedApiKey.of("sandbox:" + JWT)).withVersion(version);
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }

    private static void tokenRequest(Cases file) {
        file.each("cases", entry -> {
            entry.array("table").ifPresent(table -> table.objectItems().forEach(ContractVectors::usualNetwork));
            entry.object("expect").ifPresent(expect -> refusedLocally(object(expect, "error")));
            entry.object("request").ifPresent(request -> mint(object(request, "body")));
        });
    }

    private static void usualNetwork(JsonObject row) {
        NeverminedEnvironment environment =
                row.string("env").flatMap(NeverminedEnvironment::named).orElse(null);
        requireEqual(
                row.get("network"),
                PaymentScheme.usual(text(row, "scheme"), environment).network());
    }

    private static void refusedLocally(JsonObject error) {
        try {
            new TokenRequest("1", null, PaymentScheme.crypto(NeverminedEnvironment.SANDBOX), "   ", null);
            requireEqual("a refusal", "none");
        } catch (NeverminedException e) {
            requireEqual(error.get("code"), e.code());
            requireEqual(
                    true,
                    e.getMessage().contains(error.string("message_contains").orElse("")));
        }
    }

    private static void mint(JsonObject body) {
        if (!body.has("delegationConfig")) {
            throw new Departure("a token without delegation is refused before anything is sent");
        }
        JsonObject accepted = object(body, "accepted");
        TokenRequest request = new TokenRequest(
                text(accepted, "planId"),
                object(accepted, "extra").string("agentId").orElse(null),
                new PaymentScheme(text(accepted, "scheme"), text(accepted, "network")),
                text(object(body, "delegationConfig"), "delegationId"),
                null);
        requireEqual(body, request.toJson());
    }

    private static void delegation(Cases file) {
        file.each("create", entry -> {
            JsonObject body = object(entry, "body");
            requireEqual(body, delegationRequest(body).toJson());
            CreatedDelegation created = CreatedDelegation.read(object(entry, "response"));
            requireEqual(object(entry, "response").get("delegationId"), created.delegationId());
            requireEqual(object(entry, "response").get("delegationToken"), created.delegationToken());
        });
        file.object("list_item", item -> {
            Delegation delegation = new Delegation(item);
            requireEqual(item.get("delegationId"), delegation.delegationId().orElse(null));
            requireEqual(true, delegation.isActive());
            requireEqual(
                    item.get("remainingBudgetCents"),
                    delegation.remainingBudgetCents().orElseThrow().toString());
        });
        file.information("status_on_create", "required", "enums", "list_envelope", "payment_method");
    }

    private static DelegationRequest delegationRequest(JsonObject body) {
        return new DelegationRequest(
                text(body, "provider"),
                body.integer("spendingLimitCents").orElseThrow(),
                Duration.ofSeconds(body.integer("durationSecs").orElseThrow()),
                text(body, "currency"),
                body.string("providerPaymentMethodId").orElse(null),
                body.string("planId").orElse(null),
                body.integer("maxTransactions").map(Math::toIntExact).orElse(null));
    }

    private static void errors(Cases file) {
        file.object("envelope_example", envelope -> {
            JsonObject body = object(envelope, "body");
            BackendError error = BackendError.of(500, utf8(body));
            requireEqual(body.get("code"), error.code());
            requireEqual(body.get("retryable"), error.retryable());
            requireEqual(body.get("category"), error.category());
            requireEqual(body.get("correlationId"), error.correlationId());
        });
        file.each("mapping", ContractVectors::mapping);
        file.each("guard_relevant_catalogue", row -> {
            BackendError error =
                    BackendError.of(Math.toIntExact(row.integer("http").orElseThrow()), utf8(row.without("http")));
            requireEqual(row.get("code"), error.code());
            requireEqual(row.bool("retryable").orElse(false), error.retryable());
        });
        file.information("sdk_codes");
    }

    private static void mapping(JsonObject entry) {
        if (entry.object("in").isEmpty()) {
            requireEqual("connection refused", text(entry, "in"));
            requireEqual(object(entry, "both").get("code"), NoReplyException.Kind.NOT_SENT.code());
            return;
        }
        JsonObject in = object(entry, "in");
        BackendError error =
                BackendError.of(Math.toIntExact(in.integer("status").orElseThrow()), utf8(object(in, "body")));
        JsonObject expected =
                entry.object("py").or(() -> entry.object("ts_delegation")).orElseThrow();
        requireEqual(expected.get("code"), error.code());
        expected.string("message").ifPresent(message -> requireEqual(message, error.describe()));
        expected.array("message_contains")
                .map(JsonArray::stringItems)
                .ifPresent(parts -> parts.forEach(
                        part -> requireEqual(true, error.describe().contains(part))));
    }
}
