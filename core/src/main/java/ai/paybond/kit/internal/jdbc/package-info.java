/**
 * The journals that outlive a process, and the only user of JDBC. {@link ai.paybond.kit.internal.jdbc.JdbcCallJournal} is
 * the journal; {@link ai.paybond.kit.internal.jdbc.SqliteDatabase} is the store beneath it.
 */
@NullMarked
package ai.paybond.kit.internal.jdbc;

import org.jspecify.annotations.NullMarked;
