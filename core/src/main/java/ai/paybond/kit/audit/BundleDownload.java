package ai.paybond.kit.audit;

import ai.paybond.kit.PaybondException;
import ai.paybond.kit.internal.http.Bearer;
import ai.paybond.kit.internal.http.Download;
import ai.paybond.kit.internal.platform.Channel;
import ai.paybond.kit.internal.platform.Route;
import ai.paybond.kit.wire.Digest32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One bundle on its way to its file. */
final class BundleDownload {
    private final Channel channel;
    private final AuditExport export;
    private final String token;
    private final DownloadLimit limit;

    BundleDownload(Channel channel, AuditExport export, String token, DownloadLimit limit) {
        this.channel = channel;
        this.export = export;
        this.token = token;
        this.limit = limit;
    }

    DownloadedBundle to(Path target) {
        Digest32 announced = export.bundleSha256();
        if (announced == null) {
            throw new PaybondException("audit.digest_missing", "the Gateway announced no digest of the bundle");
        }
        if (Files.exists(target)) {
            throw new PaybondException("audit.target_exists", "there is a file at the bundle's place already");
        }
        try {
            Path partial = Files.createTempFile(target.toAbsolutePath().getParent(), ".paybond-audit-", ".part");
            try {
                Download arrived = fetch(partial);
                requireAnnounced(arrived, announced);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
                return new DownloadedBundle(target, arrived.bytes(), announced);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new PaybondException("download.unwritable", "the bundle could not be written", e);
        }
    }

    private Download fetch(Path partial) {
        Download download = new Download(partial, limit.maxBytes());
        channel.to(Route.AUDIT_BUNDLE, export.jobId())
                .bearer(Bearer.fixed(token))
                .attemptTimeout(limit.timeout())
                .saveTo(download)
                .done();
        return download;
    }

    private void requireAnnounced(Download arrived, Digest32 announced) {
        Long bytes = export.bundleBytes();
        if (!arrived.sha256().equals(announced) || (bytes != null && bytes != arrived.bytes())) {
            throw new PaybondException("audit.digest_mismatch", "the bundle is not the one that was announced");
        }
    }
}
