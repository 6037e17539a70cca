package ai.paybond.kit.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.paybond.kit.wire.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientApproverTest {
    private static final ApprovalRequest REQUEST =
            Requests.booking(JsonObject.builder().build());

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void passesTheAnswerOn() throws Exception {
        Approver approver = request -> ApprovalAnswer.rejected(request.callId());
        assertThat(approver.within(Duration.ofMinutes(5), threads).decide(REQUEST))
                .isEqualTo(ApprovalAnswer.rejected("call-7"));
    }

    @Test
    void leavesHeldWhatNobodyAnswersInTimeAndStopsAsking() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Approver silent = request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.countDown();
            }
            return ApprovalAnswer.approved();
        };
        assertThat(silent.within(Duration.ofMillis(20), threads).decide(REQUEST))
                .isEqualTo(ApprovalAnswer.pending());
        assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void failsWhenTheApproverFails() {
        Approver broken = request -> {
            throw new IOException("chat is down");
        };
        assertThatThrownBy(() -> broken.within(Duration.ofMinutes(5), threads).decide(REQUEST))
                .hasRootCauseInstanceOf(IOException.class);
    }
}
