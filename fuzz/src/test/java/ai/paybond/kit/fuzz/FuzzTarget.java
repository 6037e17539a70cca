package ai.paybond.kit.fuzz;

import java.util.List;

/**
 * One reader of bytes that somebody else wrote. The input's first byte chooses among the readers of a target, the rest is
 * what they read, so that inputs can be written by hand.
 */
interface FuzzTarget {

    /**
     * Reads one input. Returning and throwing what the reader documents are both fine; anything else that leaves here,
     * and any promise seen broken, is a finding.
     */
    void run(byte[] input);

    /** Inputs that get far, to start from. */
    List<byte[]> seeds();
}
