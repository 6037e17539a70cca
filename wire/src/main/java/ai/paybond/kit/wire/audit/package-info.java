/** The signed manifest of an audit export. Start at {@link ai.paybond.kit.wire.audit.AuditManifest}. */
@NullMarked
package ai.paybond.kit.wire.audit;

import org.jspecify.annotations.NullMarked;
