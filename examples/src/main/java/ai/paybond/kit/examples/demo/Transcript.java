package ai.paybond.kit.examples.demo;

import ai.paybond.kit.capability.DenyReason;
import java.io.PrintStream;
import java.util.Locale;

/** Prints what happens, one line each: a word for the kind of event, then the event. Thread-safe. */
final class Transcript {
    private final PrintStream out;

    Transcript(PrintStream out) {
        this.out = out;
    }

    synchronized void heading(String text) {
        out.println();
        out.println(text);
    }

    synchronized void line(String kind, String text) {
        out.println(String.format(Locale.ROOT, "  %-9s %s", kind, text));
    }

    synchronized void lastLine(String text) {
        out.println();
        out.println(text);
        out.flush();
    }

    /** Who refused. */
    static String refusedBy(DenyReason reason) {
        return reason.origin() == DenyReason.Origin.LOCAL ? "locally" : "by Harbor";
    }

    /** An amount for people, for example {@code 180.00 USD}. */
    static String money(long cents) {
        return String.format(Locale.ROOT, "%d.%02d USD", cents / 100, cents % 100);
    }
}
