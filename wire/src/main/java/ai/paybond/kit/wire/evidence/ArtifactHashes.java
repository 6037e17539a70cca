package ai.paybond.kit.wire.evidence;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.Hex;
import ai.paybond.kit.wire.Strictness;
import ai.paybond.kit.wire.WireException;
import ai.paybond.kit.wire.internal.Rules;
import ai.paybond.kit.wire.internal.Text;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Hashes of artifacts, digested in list order: no count, no separators, repetitions kept. */
final class ArtifactHashes {
    private ArtifactHashes() {}

    static Digest32 digest(List<String> hashes, Strictness strictness) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        hashes.forEach(hash -> joined.writeBytes(decode(hash, strictness)));
        return Digest32.blake3(joined.toByteArray());
    }

    private static byte[] decode(String hash, Strictness strictness) {
        try {
            if (strictness == Strictness.PEER) {
                return Hex.decode(Text.trim(hash));
            }
            byte[] bytes = Hex.decode(hash);
            Rules.require(bytes.length == 32, "artifact.hex", "an artifact hash is 64 hexadecimal digits");
            return bytes;
        } catch (WireException e) {
            throw new WireException("artifact.hex", "an artifact hash is 64 hexadecimal digits");
        }
    }
}
