package ai.paybond.kit.wire.x402;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.Verdict;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.attestation.ExternalAttestation;
import ai.paybond.kit.wire.internal.Checks;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import ai.paybond.kit.wire.json.CanonicalJson;
import ai.paybond.kit.wire.json.JsonArray;
import ai.paybond.kit.wire.json.JsonNumber;
import ai.paybond.kit.wire.json.JsonObject;
import ai.paybond.kit.wire.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server says it delivered for a payment. Immutable. Comes as {@code format}, {@code signature} and, for typed
 * data, {@code payload}:
 *
 * <pre>
 * jws            RFC 7515 compact, key as jwk in the header; EdDSA (RFC 8037) or ES256 (RFC 7518: r, s, 32 bytes each);
 *                signed are the ASCII bytes header.payload; the signer is named by its RFC 7638 thumbprint
 * anything else  EIP-712 typed data, {@link Eip712Receipt}; the signer is named by its address
 * </pre>
 *
 * There is no time limit: {@code issuedAt} is whatever the server wrote. Source: Paybond Kit wire format, section 14;
 * the peer takes ES256 signatures in ASN.1 instead.
 *
 * @param payload the signed statement, nothing of it unsigned
 */
public record X402Receipt(JsonObject payload) {
    private static final List<String> FUNDING_MEMBERS = List.of(
            "payment_session_id",
            "authorization_id",
            "capture_id",
            "void_id",
            "x402_payment_session_id",
            "onchain_transaction_hashes");
    private static final List<String> EVENT_MEMBERS = List.of("event_type", "eventType", "type");

    public X402Receipt {
        Objects.requireNonNull(payload, "payload");
    }

    /**
     * The signed part of a server's answer: {@code format, signature, payload?}. Looked for in
     * {@code extensions.offer-receipt} and {@code extensions.offerReceipt} (there in {@code info.receipt}, in
     * {@code receipt}, in itself), then in {@code receipt}, then in the answer.
     *
     * @throws WireException {@code x402.missing} if none of them has a signature
     */
    public static JsonObject extract(JsonObject answer) {
        return candidates(answer)
                .filter(place -> place.string("signature").isPresent())
                .findFirst()
                .map(X402Receipt::normalized)
                .orElseThrow(() -> new WireException("x402.missing", "no signed receipt"));
    }

    private static Stream<JsonObject> candidates(JsonObject answer) {
        Stream<JsonObject> extensions = answer.object("extensions").stream()
                .flatMap(all -> Stream.of("offer-receipt", "offerReceipt").flatMap(name -> all.object(name).stream()))
                .flatMap(extension -> Stream.of(
                                extension.object("info").flatMap(info -> info.object("receipt")),
                                extension.object("receipt"),
                                Optional.of(extension))
                        .flatMap(Optional::stream));
        return Stream.of(extensions, answer.object("receipt").stream(), Stream.of(answer))
                .flatMap(places -> places);
    }

    /** Whatever does not call itself a JWS is typed data. */
    private static JsonObject normalized(JsonObject place) {
        boolean jws = place.string("format").orElse("").equals("jws");
        return JsonObject.builder()
                .put("format", jws ? "jws" : "eip712")
                .put("signature", place.string("signature").orElse(""))
                .putIfPresent("payload", place.object("payload").orElse(null))
                .build();
    }

    /** What {@link #extract} makes of it: a JWS carries its payload inside and nothing beside. */
    private static JsonObject extracted(JsonObject signed, boolean jws) {
        JsonObject normal = normalized(signed);
        return jws ? normal.without("payload") : normal;
    }

    /**
     * Checks a signed receipt. Strictly, it is nothing but {@code format, signature} and, for typed data,
     * {@code payload}.
     *
     * @param signed as {@link #extract} gives it
     * @param expectedSigner the server's key: an address, an RFC 7638 thumbprint, or the raw {@code x} of an Ed25519
     *     key; blank
     *     denies
     * @return refused as {@code x402.expected_signer}, {@code x402.form}, {@code x402.jws}, {@code x402.jws_critical},
     *     {@code x402.jws_algorithm}, {@code x402.jwk}, {@code x402.payload}, {@code x402.unsigned_member},
     *     {@code x402.signature}, {@code x402.signature_malleable}, {@code x402.untrusted_signer}, or with a code of
     *     {@link ai.paybond.kit.wire.json.JsonException}, of a key or {@code text.surrogate}; never thrown
     */
    public static Verdict<X402Receipt> verify(JsonObject signed, String expectedSigner) {
        return verify(signed, expectedSigner, Strictness.STRICT);
    }

    /** As {@link #verify(JsonObject, String)}, in the given strictness. */
    public static Verdict<X402Receipt> verify(JsonObject signed, String expectedSigner, Strictness strictness) {
        String expected = Text.trim(expectedSigner);
        String signature = signed.string("signature").orElse("");
        boolean jws = signed.string("format").orElse("").equals("jws");
        return Checks.run(checks -> {
            checks.require("expected signer", !expected.isEmpty(), "x402.expected_signer");
            if (strictness == Strictness.STRICT) {
                checks.require("form", signed.equals(extracted(signed, jws)), "x402.form");
            }
            return jws
                    ? verifyJws(checks, signature, expected, strictness)
                    : verifyTyped(checks, signed, signature, expected, strictness);
        });
    }

    private static Verdict<X402Receipt> verifyJws(
            Checks checks, String compact, String expected, Strictness strictness) {
        JwsReceipt jws = checks.step("form", () -> JwsReceipt.parse(compact, strictness));
        checks.require("signature", checks.step("key", jws::verify), "x402.signature");
        checks.require("trust", jws.isSignedBy(expected), "x402.untrusted_signer");
        return checks.admitted(new X402Receipt(jws.payload()), jws.thumbprint(), true);
    }

    private static Verdict<X402Receipt> verifyTyped(
            Checks checks, JsonObject signed, String signature, String expected, Strictness strictness) {
        JsonObject payload = checks.step("form", () -> signed.object("payload")
                .orElseThrow(() -> new WireException("x402.payload", "no payload beside the signature")));
        String signer = checks.step("signature", () -> Eip712Receipt.recover(payload, signature, strictness));
        checks.require("trust", signer.equals(expected.toLowerCase(Locale.ROOT)), "x402.untrusted_signer");
        return checks.admitted(new X402Receipt(payload), signer, true);
    }

    /** The RFC 7638 thumbprint of a public key: SHA-256 in URL Base64 over crv, kty, x and, for EC keys, y. */
    public static String thumbprint(JsonObject jwk) {
        return JwsReceipt.thumbprint(jwk);
    }

    /**
     * The part of the payload that counts as evidence, in either spelling of its names: {@code resourceUrl},
     * {@code payer}, {@code network}, {@code issuedAt} and, if there is one, {@code transaction}.
     *
     * @throws WireException {@code x402.payload} if a required part is missing
     */
    public JsonObject evidencePayload() {
        JsonObject.Builder evidence = JsonObject.builder()
                .put("resourceUrl", resourceUrl())
                .put("payer", required("payer"))
                .put("network", required("network"))
                .put("issuedAt", issuedAt());
        firstText("transaction", "txHash", "tx_hash").ifPresent(hash -> evidence.put("transaction", hash));
        return evidence.build();
    }

    /** What was delivered. @throws WireException {@code x402.payload} */
    public String resourceUrl() {
        return required("resourceUrl", "resource_url");
    }

    private String required(String... names) {
        return firstText(names).orElseThrow(() -> new WireException("x402.payload", "a required part is missing"));
    }

    private Optional<String> firstText(String... names) {
        return Stream.of(names)
                .flatMap(name -> payload.string(name).stream())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private JsonNumber issuedAt() {
        return Stream.of("issuedAt", "issued_at")
                .map(payload::get)
                .filter(value -> value instanceof JsonNumber number && Double.isFinite(number.doubleValue()))
                .map(JsonNumber.class::cast)
                .findFirst()
                .orElseThrow(() -> new WireException("x402.payload", "no time of issue"));
    }

    /**
     * The evidence payload that this receipt stands for: {@code artifact_blake3_hex} with the BLAKE3 of
     * {@link #evidencePayload()}, {@code operation} and {@code vendor_ref_id}.
     *
     * @param answer the whole answer the receipt came in
     * @throws WireException {@code x402.funding} if the answer is about funding, not delivery
     */
    public JsonObject evidence(JsonObject answer, Strictness strictness) {
        requireDelivery(answer, strictness);
        String digest = Digest32.ofCanonical(evidencePayload(), strictness).hex();
        return JsonObject.builder()
                .put("artifact_blake3_hex", List.of(digest))
                .put("operation", "attested")
                .put("vendor_ref_id", resourceUrl())
                .build();
    }

    /**
     * Refuses an answer about an authorised or captured payment: money moved is not a thing delivered. Strictly, at any
     * depth.
     *
     * @throws WireException {@code x402.funding}
     */
    public static void requireDelivery(JsonObject answer, Strictness strictness) {
        boolean event = EVENT_MEMBERS.stream()
                .anyMatch(name -> answer.string(name).orElse("").equals("authorization_succeeded"));
        boolean funding = FUNDING_MEMBERS.stream().anyMatch(answer::has);
        Rules.require(!event && !funding, "x402.funding", "an answer about funding is no receipt of delivery");
        if (strictness == Strictness.STRICT) {
            answer.members().values().forEach(X402Receipt::requireDeliveryWithin);
        }
    }

    private static void requireDeliveryWithin(JsonValue value) {
        if (value instanceof JsonObject object) {
            requireDelivery(object, Strictness.STRICT);
        } else if (value instanceof JsonArray array) {
            array.items().forEach(X402Receipt::requireDeliveryWithin);
        }
    }

    /** This receipt as an attestation of an agent receipt; its digest is the SHA-256 of {@link #evidencePayload()}. */
    public ExternalAttestation attestation(Strictness strictness) {
        Digest32 digest = Digest32.sha256(CanonicalJson.bytes(evidencePayload(), strictness));
        return new ExternalAttestation("x402", "delivery_receipt_v1", digest, resourceUrl());
    }
}
