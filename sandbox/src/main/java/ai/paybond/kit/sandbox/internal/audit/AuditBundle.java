package ai.paybond.kit.sandbox.internal.audit;

import ai.paybond.kit.wire.Digest32;
import ai.paybond.kit.wire.audit.AuditManifest;
import ai.paybond.kit.wire.ed25519.Signer;
import ai.paybond.kit.wire.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of an export and the manifest that lists their hashes, as one ZIP. */
final class AuditBundle {
    private static final String MANIFEST = "manifest.json";

    private final String manifest;
    private final Map<String, String> files;

    private AuditBundle(String manifest, Map<String, String> files) {
        this.manifest = manifest;
        this.files = files;
    }

    /** {@code head} are the manifest's members before the artifacts; {@code files} are JSON texts by name. */
    static AuditBundle of(JsonObject head, Map<String, String> files, Signer gateway) {
        List<JsonObject> artifacts = new ArrayList<>();
        files.forEach((name, text) -> artifacts.add(artifact(name, text)));
        JsonObject core =
                JsonObject.builder().putAll(head).put("artifacts", artifacts).build();
        return new AuditBundle(AuditManifest.of(core).sign(gateway).toJson(), files);
    }

    private static JsonObject artifact(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return JsonObject.builder()
                .put("path", name)
                .put("sha256_hex", Digest32.sha256(bytes).hex())
                .put("size_bytes", bytes.length)
                .build();
    }

    String manifestDigest() {
        return Digest32.sha256(manifest.getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** The same bytes for the same content: entries carry no time. */
    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, MANIFEST, manifest);
            for (Map.Entry<String, String> file : files.entrySet()) {
                add(zip, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
