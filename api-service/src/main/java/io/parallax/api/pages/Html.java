package io.parallax.api.pages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** Builds a page of texts, none of which can become anything else. */
final class Html {
    static final String STYLE = "body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:48rem;padding:0 1rem}"
            + "th{text-align:left;padding-right:2rem;vertical-align:top;font-weight:normal;color:#555}";

    /** Nothing but this style and a form to here; in no frame. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
            + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final StringBuilder body = new StringBuilder();
    private final String title;

    Html(String title) {
        this.title = title;
        body.append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    Html paragraph(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    Html link(String url, String text) {
        body.append("<p><a href=\"")
                .append(escaped(url))
                .append("\">")
                .append(escaped(text))
                .append("</a></p>\n");
        return this;
    }

    /** Rows of a word and what it stands for. */
    Html table(List<List<String>> rows) {
        body.append("<table>\n");
        rows.forEach(row -> body.append("<tr><th>")
                .append(escaped(row.get(0)))
                .append("</th><td>")
                .append(escaped(row.get(1)))
                .append("</td></tr>\n"));
        body.append("</table>\n");
        return this;
    }

    /** Where a key is typed; it is sent to this very page, in the body. */
    Html keyForm() {
        body.append(
                """
                <form method="post">
                <p><label>API key <input type="password" name="key" autocomplete="off" required autofocus></label>
                <button type="submit">Show</button></p>
                </form>
                """);
        return this;
    }

    String text() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta name="robots" content="noindex">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                %s</body>
                </html>
                """
                .formatted(escaped(title), STYLE, body);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
