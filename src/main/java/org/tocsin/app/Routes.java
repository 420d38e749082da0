package org.tocsin.app;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.tocsin.base.Fault;
import org.tocsin.base.FaultException;
import org.tocsin.base.FaultException.Kind;
import org.tocsin.base.Message;

/** Camel, with the routes of the jar or with those of the operator's own folder. */
final class Routes implements AutoCloseable {
    /** By name: a pattern would search the whole class path, and find a file twice where that names a folder twice. */
    private static final String RELEASED = Stream.of(
                    "errors",
                    "publish",
                    "feeds",
                    "removals",
                    "revisions",
                    "notices",
                    "audience",
                    "listen",
                    "rights",
                    "signup",
                    "bot",
                    "watch",
                    "index",
                    "alert",
                    "engagement",
                    "newsletter",
                    "housekeeping")
            .map(name -> "classpath:routes/" + name + ".camel.yaml")
            .collect(Collectors.joining(","));

    private final Main camel;
    private final String pattern;

    private Routes(Main camel, String pattern) {
        this.camel = camel;
        this.pattern = pattern;
    }

    /**
     * Reads the routes, and starts none of them: the beans that they name need not be there yet.
     *
     * @param folder the operator's own, else the released ones
     * @throws FaultException INVALID when they cannot be read
     */
    static Routes read(Optional<String> folder) {
        Routes routes = new Routes(
                new Main(), folder.map(path -> "file:" + path + "/*.camel.yaml").orElse(RELEASED));
        // The daemon ends its parts in their order. Camel's own hook would end the routes beside that, and hold a
        // closed
        // daemon for as long as the process lives.
        routes.camel.setShutdownStrategy(new SimpleMainShutdownStrategy());
        routes.camel.configure().withRoutesIncludePattern(routes.pattern);
        routes.camel.configure().withName("tocsin");
        routes.camel.configure().withShutdownTimeout(25);
        routes.camel.configure().withAutoConfigurationEnabled(false);
        routes.run(routes.camel::init);
        return routes;
    }

    /** Makes a bean known to the routes by name. */
    void bind(String name, Object bean) {
        camel.bind(name, bean);
    }

    /** @throws FaultException INVALID when a route names what there is not */
    void start() {
        run(camel::start);
    }

    /** @return what Camel knows of the routes */
    CamelContext context() {
        return camel.getCamelContext();
    }

    @Override
    public void close() {
        camel.stop();
    }

    private void run(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            FaultException fault = new FaultException(
                    Kind.INVALID,
                    Fault.at("/tocsin.routes", Message.of("app.routes", "pattern", pattern, "why", e.getMessage())));
            fault.initCause(e);
            throw fault;
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
