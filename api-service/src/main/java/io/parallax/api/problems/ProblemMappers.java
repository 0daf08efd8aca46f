package io.parallax.api.problems;

import io.parallax.api.links.PublicUrl;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever goes wrong in a request becomes a {@link Problem}; nothing of our inside is told. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final PublicUrl url;

    ProblemMappers(PublicUrl url) {
        this.url = url;
    }

    private Problem problem(int status, Object detail, UriInfo uri) {
        return Problem.of(status, detail, url.to(uri.getPath()));
    }

    @ServerExceptionMapper
    Response invalid(InvalidRequestException e, UriInfo uri) {
        return problem(422, e.faults(), uri).response();
    }

    @ServerExceptionMapper
    Response stated(ProblemException e, UriInfo uri) {
        Response response = problem(e.status(), String.valueOf(e.getMessage()), uri)
                .of(e.diffStatus())
                .response();
        if (e.status() == 401) {
            return Response.fromResponse(response)
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Key")
                    .build();
        }
        return response;
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, UriInfo uri) {
        int status = e.getResponse().getStatus();
        Response.ResponseBuilder response =
                Response.fromResponse(problem(status, explanation(status), uri).response());
        String allow = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e, UriInfo uri) {
        if (StoreOutage.caused(e)) {
            OutageLog.warn(LOG, "The store does not answer", e);
            return problem(503, "The store does not answer. Try again in a moment.", uri)
                    .response();
        }
        LOG.errorf(e, "%s failed", uri.getPath());
        return problem(500, "This is a fault of the service; its log tells more.", uri)
                .response();
    }

    private static String explanation(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take this method.";
            case 406 -> "This address does not answer in any of the types that the header Accept names.";
            case 413 -> "The body is too large.";
            case 415 -> "Send the body as application/json.";
            default -> "The request cannot be served.";
        };
    }
}
