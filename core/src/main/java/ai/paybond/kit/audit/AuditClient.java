package ai.paybond.kit.audit;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.Machine;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.PageStream;
import ai.paybond.kit.internal.platform.PageStream.Page;
import ai.paybond.kit.internal.platform.Reply;
import ai.paybond.kit.internal.platform.Route;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Orders audit exports and fetches them. Thread-safe; see {@code docs/clients.md} for the routes. Every job is held against
 * the session's tenant. Failures are those of {@link ai.paybond.kit.harbor.HarborClient}; a job id that cannot stand in a path
 * is refused as {@link ai.paybond.kit.ConfigurationException} {@code job_id.invalid}.
 */
public final class AuditClient {
    private static final String REALM = "tenant_realm_id";

    private final Channel channel;

    /** Made by the session. */
    public AuditClient(Channel channel) {
        this.channel = channel;
    }

    /**
     * Orders an export. Sent once: after a lost connection or a server error, {@link #exports} shows whether it was taken.
     *
     * @return the job, as a rule not ready yet
     */
    public AuditExport create(AuditExportRequest request) {
        return job(channel.to(Route.AUDIT_CREATE).json(request.body()).reply());
    }

    /** Every export of the tenant, in the server's order, read page by page as the stream is consumed. */
    public Stream<AuditExport> exports() {
        return PageStream.of(cursor -> page(channel.to(Route.AUDIT_LIST)
                .query("cursor", cursor.orElse(null))
                .reply()));
    }

    private static Page<AuditExport> page(Reply reply) {
        String rows = Stream.of("jobs", "items", "exports")
                .filter(reply.json()::has)
                .findFirst()
                .orElse("jobs");
        List<AuditExport> jobs = reply.objects(rows).stream()
                .map(reply::inner)
                .map(AuditExport::of)
                .toList();
        return new Page<>(jobs, reply.optionalString("next_cursor").or(() -> reply.optionalString("nextCursor")));
    }

    /** An export; empty when there is none of that id. */
    public Optional<AuditExport> export(String jobId) {
        return channel.to(Route.AUDIT_GET, jobId).find().map(reply -> job(jobId, reply));
    }

    /** Deletes an export and its bundle. */
    public void delete(String jobId) {
        channel.to(Route.AUDIT_DELETE, jobId).done();
    }

    /**
     * Waits until an export is ready.
     *
     * @param limit how long at most; the export is looked at once at least
     * @param interval the pause between two looks
     * @throws PaybondException {@code audit.not_ready} when the time is up, {@code audit.failed}, {@code audit.expired} or
     *     {@code audit.deleted} when it never will be, {@code audit.interrupted}
     */
    public AuditExport awaitReady(String jobId, Duration limit, Duration interval) {
        Machine machine = channel.machine();
        long deadline = machine.nanoTime() + limit.toNanos();
        while (true) {
            AuditExport export = job(jobId, channel.to(Route.AUDIT_GET, jobId).reply());
            if (export.status() == AuditExport.Status.READY) {
                return export;
            }
            boolean timeIsUp = deadline - machine.nanoTime() <= interval.toNanos();
            if (export.status().isFinal() || timeIsUp) {
                throw export.notReady();
            }
            pause(machine, interval);
        }
    }

    /**
     * Writes the bundle of a ready export to a file that does not exist yet. It is written to a private file beside the target
     * as it arrives, and takes its place only when its size and SHA-256 are those announced; otherwise nothing is left behind.
     *
     * @param limit how much is taken, and for how long
     * @throws PaybondException {@code audit.not_ready} and its like, {@code audit.digest_missing} when none was announced,
     *     {@code audit.digest_mismatch}, {@code audit.target_exists}, {@code download.unwritable}
     * @throws ai.paybond.kit.harbor.ProtocolException {@code reply.too_large} for more bytes than the limit
     * @throws ai.paybond.kit.harbor.HarborHttpException with status 410 when the bundle has expired
     */
    public DownloadedBundle download(String jobId, Path target, DownloadLimit limit) {
        Reply reply =
                channel.to(Route.AUDIT_GET, jobId).query("issue_download", "1").reply();
        AuditExport export = job(jobId, reply);
        if (export.status() != AuditExport.Status.READY) {
            throw export.notReady();
        }
        String token = jobIn(reply).string("download_token");
        return new BundleDownload(channel, export, token, limit).to(target);
    }

    private AuditExport job(Reply reply) {
        return AuditExport.of(jobIn(reply).ofTenant(REALM, channel.tenantId()));
    }

    private AuditExport job(String jobId, Reply reply) {
        AuditExport export = job(reply);
        if (!export.jobId().equals(jobId)) {
            throw reply.mismatch("job", jobId, export.jobId());
        }
        return export;
    }

    private static Reply jobIn(Reply reply) {
        return reply.optionalIn("job").orElse(reply);
    }

    private static void pause(Machine machine, Duration interval) {
        try {
            machine.sleep(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaybondException("audit.interrupted", "interrupted while waiting for an audit export", e);
        }
    }
}
