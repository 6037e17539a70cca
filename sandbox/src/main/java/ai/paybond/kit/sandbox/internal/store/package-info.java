/**
 * What the sandbox keeps: an H2 database, in memory or in a data directory, or PostgreSQL by its URL, reached through one transaction at a time.
 * Open {@link ai.paybond.kit.sandbox.internal.store.Database} first; the repositories beside it hold every query.
 */
@NullMarked
package ai.paybond.kit.sandbox.internal.store;

import org.jspecify.annotations.NullMarked;
