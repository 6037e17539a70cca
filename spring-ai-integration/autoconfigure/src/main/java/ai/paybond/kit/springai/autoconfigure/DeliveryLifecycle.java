package ai.paybond.kit.springai.autoconfigure;

import ai.paybond.kit.journal.DeliveryReport;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Delivers what is owed while the application shuts down: after the web server has finished its requests, and while the beans
 * that delivery needs are all there. The session itself is closed later, as a bean.
 */
final class DeliveryLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLifecycle.class);

    /** Spring Boot stops web servers at 1024 and 2048 below the default; higher phases are stopped first. */
    private static final int AFTER_THE_WEB_SERVER = DEFAULT_PHASE - 4096;

    private final OpenSession session;
    private final Duration limit;
    private volatile boolean running;

    DeliveryLifecycle(OpenSession session, Duration limit) {
        this.session = session;
        this.limit = limit;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        session.session().ifPresent(paybond -> {
            DeliveryReport report = paybond.drain(limit);
            if (!report.isComplete()) {
                log.warn("{} calls are not delivered yet; they stay in the journal", report.pending());
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
