/**
 * Audit exports: a job that gathers what the sandbox recorded of a tenant into a signed bundle. Open
 * {@link ai.paybond.kit.sandbox.internal.audit.AuditExports}.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.audit;

import org.jspecify.annotations.NullMarked;
