package ai.paybond.kit.examples.agents;

import ai.paybond.kit.examples.hotel.BookingRefusedException;

/** What a model is told about a tool that failed and did nothing: the hotel's own reason, and no other exception's words. */
final class ToolFailures {
    private ToolFailures() {}

    static String textFor(Throwable failure) {
        return failure instanceof BookingRefusedException refused ? refused.explanation() : "The tool failed.";
    }
}
