package io.parallax.api.pages;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.datadiffs.DatadiffResource;
import io.parallax.api.links.PublicUrl;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.problems.Problem;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.problems.StoreOutage;
import io.parallax.api.security.Authentication;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Pages for people: where to begin, and a diff in short. They show nothing to those without a key. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class PageResource {
    private static final Logger LOG = Logger.getLogger(PageResource.class);

    private final DatadiffResource diffs;
    private final Authentication authentication;
    private final PublicUrl url;
    private final ObjectMapper mapper;

    PageResource(DatadiffResource diffs, Authentication authentication, PublicUrl url, ObjectMapper mapper) {
        this.diffs = diffs;
        this.authentication = authentication;
        this.url = url;
        this.mapper = mapper;
    }

    @GET
    @Operation(hidden = true)
    public Uni<Response> home() {
        Html page = new Html("Parallax")
                .paragraph("Tells, exactly, how two tables differ. This is its API; programs ask it for diffs.")
                .link(url.to("/q/swagger-ui"), "The API, to read and to try")
                .link(url.to("/q/openapi"), "The same as OpenAPI");
        return Uni.createFrom().item(response(200, page));
    }

    /** What existing clients print a link to. */
    @GET
    @Path("datadiffs/{id}/overview")
    @Operation(hidden = true)
    public Uni<Response> overview(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        return page(id, null, authorization);
    }

    /** The same with a key that was typed: in a body, as addresses are written down in many places. */
    @POST
    @Path("datadiffs/{id}/overview")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> overviewByKey(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            byte[] body) {
        return page(id, KeyForm.key(body), authorization);
    }

    private Uni<Response> page(String id, @Nullable String key, @Nullable String authorization) {
        return authentication
                .mayRead(key, authorization)
                .chain(() -> diffs.summary(id))
                .map(summary -> response(200, Overview.of(mapper.valueToTree(summary))))
                .onFailure()
                .recoverWithItem(this::problem);
    }

    private Response problem(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem(problem.status(), String.valueOf(problem.getMessage()));
        }
        if (failure instanceof InvalidRequestException) {
            return problem(404, "There is no such diff.");
        }
        if (StoreOutage.caused(failure)) {
            OutageLog.warn(LOG, "The store does not answer", failure);
            return problem(503, "The store does not answer. Try again in a moment.");
        }
        LOG.error("A page failed", failure);
        return problem(500, "This is a fault of the service; its log tells more.");
    }

    private Response problem(int status, String sentence) {
        if (status == 401) {
            return response(
                    status,
                    new Html("Parallax")
                            .paragraph("An API key opens this page.")
                            .keyForm());
        }
        return Problem.timed(
                response(status, new Html("Parallax").paragraph(sentence).link(url.to("/"), "Where to begin")));
    }

    private static Response response(int status, Html page) {
        Response.ResponseBuilder response = Response.status(status)
                .entity(page.text())
                .header("Content-Security-Policy", Html.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Key");
        }
        return response.build();
    }
}
