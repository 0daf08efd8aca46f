package io.parallax.api.requests;

import io.parallax.api.problems.Faults;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that nobody would look at: a filter with a slip of the pen would answer something else than was
 * asked for. Calls that take a {@link UriInfo} read theirs by {@link QueryParameters}, which tells of all faults at once.
 */
public class UnknownParameters {
    private static final int BEFORE_OTHERS = Priorities.USER - 1;

    /** Before anybody looks for what the call is about. */
    @ServerRequestFilter(priority = BEFORE_OTHERS)
    public void refuse(ContainerRequestContext request, ResourceInfo resource) {
        MultivaluedMap<String, String> query = request.getUriInfo().getQueryParameters();
        if (query.isEmpty() || !request.getUriInfo().getPath().startsWith("/api")) {
            return;
        }
        Method method = resource.getResourceMethod();
        if (!Arrays.asList(method.getParameterTypes()).contains(UriInfo.class)) {
            Faults faults = new Faults();
            new QueryParameters(query, names(method), faults);
            faults.refuse();
        }
    }

    private static Set<String> names(Method method) {
        QueryNames names = method.getAnnotation(QueryNames.class);
        return names == null ? Set.of() : Set.of(names.value());
    }
}
