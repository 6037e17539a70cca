package ai.paybond.kit.sandbox.internal.spend;

import ai.paybond.kit.sandbox.internal.capability.HolderProof;
import ai.paybond.kit.sandbox.internal.http.ApiException;
import ai.paybond.kit.sandbox.internal.http.Members;
import ai.paybond.kit.sandbox.internal.http.Request;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.UuidText;
import ai.paybond.kit.wire.json.JsonException;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.receipt.ReceiptHashes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A call that asks to spend. {@code intentId} is as the caller wrote it, because the reply echoes it; spend is in cents.
 *
 * @param arguments the call's arguments, for checks that a delegated capability makes on them; a field of ours
 * @param signedArguments SHA-256 of their canonical JSON in hex, which a holder signs; computed, or as the caller says
 * @param holderProof the holder's signature, unread; not in the body, because each attempt brings its own
 * @param argumentsDigest BLAKE3 of their canonical JSON in hex, computed, or as the caller says who keeps them to himself
 * @param context what else the caller said about the call
 */
record SpendRequest(
        String intentId,
        String token,
        String operation,
        long spendCents,
        Optional<String> currency,
        Optional<String> toolCallId,
        Optional<String> approvalToken,
        Optional<String> vendorId,
        JsonObject arguments,
        Optional<String> argumentsDigest,
        String signedArguments,
        Optional<String> holderProof,
        JsonObject context) {
    private static final String ANY_OPERATION = "*";
    private static final List<String> CONTEXT = List.of(
            "vendor_id",
            "task_id",
            "workflow_id",
            "tool_name",
            "agent_subject",
            "model_family",
            "config_hash_hex",
            "prompt_hash_hex");
    private static final Digest32 NO_ARGUMENTS =
            ReceiptHashes.value(JsonObject.builder().build());
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    static SpendRequest verification(Request http) {
        Members members = new Members(http.json());
        return of(members, members.text("operation"), http.header(HolderProof.HEADER));
    }

    static SpendRequest preflight(JsonObject body) {
        Members members = new Members(body);
        return of(members, members.optionalText("operation").orElse(ANY_OPERATION), Optional.empty());
    }

    private static SpendRequest of(Members members, String operation, Optional<String> holderProof) {
        String intentId = members.text("intent_id");
        if (!UuidText.isValid(intentId)) {
            throw ApiException.invalid("intent_id must be a UUID.");
        }
        Optional<JsonObject> arguments = members.optionalObject("arguments");
        return new SpendRequest(
                intentId,
                members.anyText("token").orElse(""),
                operation,
                members.optionalInteger("requested_spend_cents").orElse(0L),
                members.optionalText("currency"),
                members.optionalText("tool_call_id"),
                members.anyText("approval_token"),
                members.optionalText("vendor_id"),
                arguments.orElseGet(() -> JsonObject.builder().build()),
                digest("arguments_hash_hex", members, arguments, Digest32::ofCanonical),
                digest("arguments_sha256_hex", members, arguments, ReceiptHashes::value)
                        .orElseGet(NO_ARGUMENTS::hex),
                holderProof,
                context(members));
    }

    /** Computed where the arguments are there; what the caller says must then agree, and else is taken for it. */
    private static Optional<String> digest(
            String member, Members members, Optional<JsonObject> arguments, Function<JsonObject, Digest32> hash) {
        Optional<String> named = members.optionalText(member).map(hex -> hex.toLowerCase(Locale.ROOT));
        if (named.filter(hex -> !DIGEST.matcher(hex).matches()).isPresent()) {
            throw ApiException.invalid(member + " must be 64 hexadecimal digits.");
        }
        Optional<String> computed = arguments.map(object -> hashed(object, hash));
        if (named.isPresent() && computed.isPresent() && !named.equals(computed)) {
            throw ApiException.invalid(member + " is not the hash of arguments.");
        }
        return computed.or(() -> named);
    }

    private static String hashed(JsonObject arguments, Function<JsonObject, Digest32> hash) {
        try {
            return hash.apply(arguments).hex();
        } catch (JsonException e) {
            throw ApiException.invalid("arguments cannot be hashed (" + e.code() + ").");
        }
    }

    /** Short texts only: what a call is about goes into receipts, what it carries does not. */
    private static JsonObject context(Members members) {
        JsonObject.Builder context = JsonObject.builder();
        CONTEXT.forEach(name -> members.optionalText(name).ifPresent(text -> context.put(name, text)));
        return context.build();
    }

    String storedIntentId() {
        return Request.stored(intentId);
    }

    /** The context, and which arguments it was about. */
    JsonObject recorded() {
        JsonObject.Builder recorded = JsonObject.builder().putAll(context);
        argumentsDigest.ifPresent(digest -> recorded.put("arguments_hash_hex", digest));
        if (!arguments.members().isEmpty()) {
            recorded.put("arguments_sha256_hex", ReceiptHashes.value(arguments).hex());
        }
        return recorded.build();
    }

    boolean isForAnyOperation() {
        return operation.equals(ANY_OPERATION);
    }
}
