package io.parallax.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The table of rights in Kafka of the guide for operators, as Kafka takes it. */
final class AccessRights {
    private static final Path GUIDE =
            Path.of("../../src/docs/operating.md").toAbsolutePath().normalize();

    private static final String TITLE = "## Who may do what in Kafka";
    private static final Pattern NAME = Pattern.compile("(begin with )?`(parallax[.a-z-]*)`");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");

    private AccessRights() {}

    /** @param principals by user, what the guide calls them */
    static List<AclBinding> ofTheGuide(Map<String, String> principals) throws IOException {
        List<AclBinding> rights = new ArrayList<>();
        String who = "";
        for (String line : lines()) {
            String[] cells = line.split("\\|");
            who = cells[1].isBlank() ? who : cells[1].strip();
            for (Map.Entry<String, String> principal : principals.entrySet()) {
                if (principal.getValue().equals(who)) {
                    rights.addAll(of("User:" + principal.getKey(), cells[2], cells[3]));
                }
            }
        }
        return rights;
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(GUIDE).stream()
                .dropWhile(line -> !line.equals(TITLE))
                .filter(line -> line.startsWith("|") || line.startsWith("Whoever may write"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }

    private static List<AclBinding> of(String principal, String on, String operations) {
        List<ResourcePattern> resources = NAME.matcher(on)
                .results()
                .map(name -> new ResourcePattern(
                        on.contains("group") ? ResourceType.GROUP : ResourceType.TOPIC,
                        name.group(2),
                        name.group(1) == null ? PatternType.LITERAL : PatternType.PREFIXED))
                .toList();
        return resources.stream()
                .flatMap(resource -> WORD.matcher(operations)
                        .results()
                        .map(word -> operation(word.group()))
                        .map(operation -> new AclBinding(
                                resource, new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW))))
                .toList();
    }

    private static AclOperation operation(String word) {
        return AclOperation.fromString(word.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }
}
