package ai.paybond.kit.cli.chaos;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Stops a thread at the point where the process is to be killed, and says so. */
final class KillSwitch {
    private final KillPoint point;
    private final PrintStream parent;
    private volatile boolean armed;

    KillSwitch(KillPoint point, PrintStream parent) {
        this.point = point;
        this.parent = parent;
    }

    /** For a process that is to live. */
    static KillSwitch none() {
        return new KillSwitch(
                KillPoint.AT_RANDOM, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /** From here on the point counts. */
    void arm() {
        armed = true;
    }

    /** Never returns from the point that was chosen: the parent kills the process once it has read the line. */
    void reach(KillPoint reached) {
        if (!armed || reached != point) {
            return;
        }
        parent.println("AT " + reached);
        parent.flush();
        while (true) {
            LockSupport.park(this);
        }
    }
}
