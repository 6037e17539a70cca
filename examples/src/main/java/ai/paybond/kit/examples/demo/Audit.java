package ai.paybond.kit.examples.demo;

import static ai.paybond.kit.examples.demo.DemoFailedException.unless;

import ai.paybond.kit.Paybond;
import ai.paybond.kit.SessionMode;
import ai.paybond.kit.examples.hotel.Booking;
import ai.paybond.kit.harbor.HarborClient;
import ai.paybond.kit.harbor.LedgerVerification;
import ai.paybond.kit.sandbox.SandboxRecords.Evidence;
import java.util.ArrayList;
import java.util.List;

/** What an auditor would do once the agents are done: hold the hotel's books against the evidence, and read the ledger. */
final class Audit {
    private final DemoWorld world;
    private final Transcript transcript;

    Audit(DemoWorld world, Transcript transcript) {
        this.world = world;
        this.transcript = transcript;
    }

    DemoSummary conclude(List<AgentReport> reports, int theftsRefused) {
        transcript.heading("Audit");
        List<Evidence> evidence = reports.stream()
                .flatMap(report -> world.sandbox().records().evidence(report.intentId()).stream())
                .toList();
        compareWithHotel(evidence);
        boolean ledgerVerified = verifyLedger();
        reports.stream().filter(report -> world.isScripted()).forEach(AgentReport::requireScriptedOutcome);
        return new DemoSummary(
                reports.size(),
                reports.stream().mapToInt(report -> report.calls().allowed()).sum(),
                reports.stream()
                        .mapToInt(report -> report.calls().denials().size())
                        .sum(),
                reports.stream().mapToInt(report -> report.calls().failed()).sum(),
                evidence.size(),
                (int) evidence.stream().filter(Evidence::predicatePassed).count(),
                theftsRefused,
                ledgerVerified);
    }

    /** Every booking must be proved by exactly one piece of evidence that says the same, and nothing else be proved. */
    private void compareWithHotel(List<Evidence> evidence) {
        List<Evidence> unmatched = new ArrayList<>(evidence);
        for (Booking booking : world.hotel().bookings()) {
            Evidence proof = unmatched.stream()
                    .filter(piece -> piece.payload().equals(booking.toJson()))
                    .findFirst()
                    .orElseThrow(() -> new DemoFailedException("no evidence for booking " + booking.confirmation()));
            unmatched.remove(proof);
            show(booking, proof);
        }
        unless(unmatched.isEmpty(), "there is evidence for something that the hotel does not know");
    }

    private void show(Booking booking, Evidence proof) {
        transcript.line(
                "booking",
                booking.confirmation() + ", " + booking.city() + ", " + Transcript.money(booking.costCents())
                        + ", in the hotel's books");
        transcript.line(
                "evidence",
                proof.payloadDigestHex().substring(0, 12) + " says the same, for intent " + proof.intentId() + ": "
                        + proof.payload().toJson());
    }

    private boolean verifyLedger() {
        try (Paybond session = world.openSession(SessionMode.GATEWAY)) {
            HarborClient harbor = session.harbor();
            LedgerVerification ledger = harbor.verifyLedger(harbor.ledgerAuthority());
            transcript.line(
                    "ledger",
                    ledger.entries() + " entries, "
                            + (ledger.intact()
                                    ? "one unbroken chain, every signature good"
                                    : "broken: " + ledger.code()));
            unless(ledger.intact(), "the ledger is broken");
            return ledger.intact();
        }
    }
}
