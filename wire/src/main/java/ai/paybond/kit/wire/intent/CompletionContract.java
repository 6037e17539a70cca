package ai.paybond.kit.wire.intent;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Frame;
import ai.paybond.kit.wire.internal.Rules;
import java.util.Objects;

/**
 * The completion contract at the tail of an intent: which preset, whose schemas. It follows the frame without a length
 * of its own and is signed with it, but never sent:
 *
 * <pre>
 * u8         2
 * string     preset id
 * string     provider
 * string     API version
 * 32 bytes   BLAKE3 of the vendor's schema
 * 32 bytes   BLAKE3 of the canonical evidence schema
 * </pre>
 *
 * Strings carry a varint length in bytes. Source: Paybond Kit wire format, sections 3, 4 and 6.
 *
 * @param presetId signed as given
 * @param provider the vendor, empty for archetypes
 * @param apiVersion the vendor's version text, empty for archetypes
 * @param vendorSchemaDigest zero for archetypes
 */
public record CompletionContract(
        String presetId,
        String provider,
        String apiVersion,
        Digest32 vendorSchemaDigest,
        Digest32 canonicalSchemaDigest) {
    private static final int TAIL_VERSION = 2;

    public CompletionContract {
        Objects.requireNonNull(presetId, "presetId");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(apiVersion, "apiVersion");
        Objects.requireNonNull(vendorSchemaDigest, "vendorSchemaDigest");
        Objects.requireNonNull(canonicalSchemaDigest, "canonicalSchemaDigest");
    }

    /**
     * A contract with its digests as text: hexadecimal, either case, {@code 0x} allowed; blank means 32 zero bytes.
     *
     * @throws WireException {@code completion.digest} for text that is neither blank nor 64 digits
     */
    public static CompletionContract of(
            String presetId,
            String provider,
            String apiVersion,
            String vendorSchemaDigestHex,
            String canonicalSchemaDigestHex) {
        return new CompletionContract(
                presetId,
                provider,
                apiVersion,
                DigestText.parseOrZero(vendorSchemaDigestHex, "completion.digest"),
                DigestText.parseOrZero(canonicalSchemaDigestHex, "completion.digest"));
    }

    /** The bytes that follow an intent's frame. */
    public byte[] tail() {
        return appendTo(new Frame(Frame.Coding.VARINT)).bytes();
    }

    Frame appendTo(Frame frame) {
        return frame.u8(TAIL_VERSION)
                .string(presetId)
                .string(provider)
                .string(apiVersion)
                .fixed32(vendorSchemaDigest.bytes())
                .fixed32(canonicalSchemaDigest.bytes());
    }

    void requireWellFormed(Strictness strictness) {
        Rules.wellFormed(presetId, strictness);
        Rules.wellFormed(provider, strictness);
        Rules.wellFormed(apiVersion, strictness);
    }
}
