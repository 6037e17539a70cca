package ai.paybond.kit.sandbox.internal.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the rows that H2 looks at for what is done in a session: it is asked to explain each statement. */
final class RowsRead {
    private static final Pattern COUNT = Pattern.compile("scanCount: (\\d+)");

    private final Connection connection;
    private long rows;

    private RowsRead(Connection connection) {
        this.connection = connection;
    }

    /** Nothing of what was done stays. */
    static long by(Consumer<Session> work, Connection connection) throws SQLException {
        RowsRead read = new RowsRead(connection);
        connection.setAutoCommit(false);
        work.accept(new Session(read.counting()));
        connection.rollback();
        return read.rows;
    }

    private Connection counting() {
        return proxy(
                Connection.class,
                (method, arguments) -> method.getName().equals("prepareStatement")
                        ? counting((String) arguments[0])
                        : call(connection, method, arguments));
    }

    private PreparedStatement counting(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        List<Object[]> parameters = new ArrayList<>();
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().equals("setObject")) {
                parameters.add(arguments);
            }
            if (method.getName().startsWith("execute")) {
                explain(sql, parameters);
            }
            return call(statement, method, arguments);
        });
    }

    /** Does what it explains, too; so that is undone before it is done. */
    private void explain(String sql, List<Object[]> parameters) throws SQLException {
        var before = connection.setSavepoint();
        try (PreparedStatement explanation = connection.prepareStatement("EXPLAIN ANALYZE " + sql)) {
            for (Object[] parameter : parameters) {
                explanation.setObject((int) parameter[0], parameter[1]);
            }
            try (ResultSet plan = explanation.executeQuery()) {
                plan.next();
                Matcher counts = COUNT.matcher(plan.getString(1));
                while (counts.find()) {
                    rows += Long.parseLong(counts.group(1));
                }
            }
        }
        connection.rollback(before);
    }

    private interface Answer {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
