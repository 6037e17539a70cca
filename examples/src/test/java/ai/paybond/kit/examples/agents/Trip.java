package ai.paybond.kit.examples.agents;

import ai.paybond.kit.examples.hotel.Booking;
import ai.paybond.kit.sandbox.SandboxRecords.Decision;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import ai.paybond.kit.sandbox.SandboxRecords.Verification;
import java.util.List;

/**
 * What came of one agent's work: what its guard decided, what the model was told, what the hotel
 * holds, and what the sandbox holds about its intent.
 */
record Trip(
        String answer,
        List<String> decisions,
        List<String> toolResults,
        List<Booking> bookings,
        List<Evidence> evidence,
        List<Verification> verifications,
        List<Decision> spends) {}
