/**
 * Audit exports: what the Gateway recorded of a tenant, gathered into a signed bundle. Open
 * {@link ai.paybond.kit.audit.AuditClient} first. A bundle is written to a file as it arrives and kept only if its digest is
 * the one that the Gateway announced; {@link ai.paybond.kit.wire.audit.AuditManifest} verifies the manifest inside.
 */
@NullMarked
package ai.paybond.kit.audit;

import org.jspecify.annotations.NullMarked;
