package ai.paybond.kit.paegents.escrow;

import ai.paybond.kit.paegents.evm.EvmAddress;
import ai.paybond.kit.paegents.evm.EvmSignature;
import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.json.JsonObject;

/**
 * A signed escrow message.
 *
 * @param values what was signed, by its keys in Paegents' JSON
 */
public record SignedIntent(JsonObject values, EvmSignature signature, EvmAddress signer, Digest32 digest) {}
