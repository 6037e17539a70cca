package ai.paybond.kit.wire.evidence;

import ai.paybond.kit.wire.internal.Frame;

/**
 * The generations of payee evidence: same fields, another first byte and another coding of lengths. The body does not
 * name its own; only the signature tells. Source: Paybond Kit wire format, sections 5 and 20.3.
 */
public enum EvidenceVersion {
    /** First byte 1, fixed coding: TypeScript kits up to 0.10. */
    V1(1, Frame.Coding.FIXED),
    /** First byte 2, varint coding: current. */
    V2(2, Frame.Coding.VARINT);

    private final int firstByte;
    private final Frame.Coding coding;

    EvidenceVersion(int firstByte, Frame.Coding coding) {
        this.firstByte = firstByte;
        this.coding = coding;
    }

    Frame frame() {
        return new Frame(coding).u8(firstByte);
    }
}
