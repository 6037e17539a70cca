package ai.paybond.kit.nevermined.http;

import ai.paybond.kit.nevermined.http.servlet.PaidServletFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.io.TempDir;

/** A servlet container. */
class PaidServletFilterTest extends PaidServerContract {
    /** Broken servlets are expected here. */
    private static final Logger CATALINA = Logger.getLogger("org.apache.catalina");

    @TempDir
    private Path directory;

    private final Tomcat tomcat = new Tomcat();

    @Override
    protected URI start(PaidRoutes routes) throws Exception {
        return serve(tomcat, directory, routes, new Hello());
    }

    static URI serve(Tomcat tomcat, Path directory, PaidRoutes routes, HttpServlet servlet) throws Exception {
        CATALINA.setLevel(Level.OFF);
        tomcat.setSilent(true);
        tomcat.setBaseDir(directory.toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.getConnector().setPort(0);
        Context context = tomcat.addContext("", directory.toString());
        FilterDef filter = new FilterDef();
        filter.setFilterName("paid");
        filter.setFilter(new PaidServletFilter(routes));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap everything = new FilterMap();
        everything.setFilterName("paid");
        everything.addURLPattern("/*");
        context.addFilterMap(everything);
        Tomcat.addServlet(context, "servlet", servlet).setAsyncSupported(true);
        context.addServletMappingDecoded("/", "servlet");
        tomcat.start();
        return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
    }

    @Override
    protected void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static final class Hello extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = request.getRequestURI();
            if (path.endsWith("broken")) {
                throw new IllegalStateException("broken");
            }
            if (path.endsWith("unprocessable")) {
                response.sendError(422);
            } else if (path.endsWith("stream")) {
                response.setContentType("text/event-stream");
                response.getWriter().write("data: one\n\n");
                response.flushBuffer();
                response.getWriter().write("data: two\n\n");
            } else {
                response.getWriter().write("hello");
                response.getWriter().flush();
            }
        }
    }
}
