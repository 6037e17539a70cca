package ai.paybond.kit.audit;

import ai.paybond.kit.wire.Digest32;
import java.nio.file.Path;

/**
 * A bundle that arrived whole: a ZIP with a {@code manifest.json} inside.
 *
 * @param file where it is, readable by its owner alone where the file system knows owners
 * @param bytes its size
 * @param sha256 its digest, as the Gateway announced it
 */
public record DownloadedBundle(Path file, long bytes, Digest32 sha256) {}
