package ai.paybond.kit.signal;

import ai.paybond.kit.internal.platform.Reply;

/**
 * The signature that came with a Signal artifact. <b>Not verified</b>: which bytes are signed is not published, so nothing
 * here may be trusted more than the connection it came over.
 *
 * @param algorithm such as {@code ed25519-sha256-json-v1}
 * @param messageDigestHex what is said to be the digest signed
 * @param publicKeyHex what is said to be the signer's key
 * @param signatureHex the signature
 */
public record SignalSignature(String algorithm, String messageDigestHex, String publicKeyHex, String signatureHex) {

    static SignalSignature of(Reply reply) {
        return new SignalSignature(
                reply.string("signing_algorithm"),
                reply.string("message_digest_hex"),
                reply.string("signing_public_key_hex"),
                reply.string("signature_hex"));
    }
}
