package keras;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may know whom. A package that needs another one says so in {@link #MAY_USE}, and a cycle is
 * refused even where every single step is allowed.
 */
class ArchitectureTest {

  /** The parts that a layer or a trainer is given by name; they may use each other. */
  private static final Set<String> PARTS =
      Set.of(
          "activations",
          "constraints",
          "initializers",
          "losses",
          "metrics",
          "optimizers",
          "regularizers");

  private static final Set<String> GROUND = Set.of("backend", "random", "utils");

  private static final Map<String, Set<String>> MAY_USE = mayUse();

  private static final JavaClasses LIBRARY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("keras");

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> rules = new TreeMap<>();
    rules.put("random", Set.of());
    rules.put("utils", Set.of("random"));
    rules.put("backend", Set.of("random", "utils"));
    PARTS.forEach(part -> rules.put(part, union(PARTS, GROUND)));
    rules.put(
        "layers",
        union(Set.of("activations", "constraints", "initializers", "regularizers"), GROUND));
    rules.put("files", Set.of("backend", "layers", "utils"));
    rules.put("callbacks", Set.of("layers", "optimizers", "utils"));
    rules.put("trainers", union(Set.of("callbacks", "layers"), PARTS, GROUND));
    rules.put("models", union(Set.of("callbacks", "files", "layers", "trainers"), PARTS, GROUND));
    rules.put("parity", union(Set.of("files", "layers", "models"), PARTS, GROUND));
    rules.put("saving", union(Set.of("callbacks", "layers", "models", "trainers"), PARTS, GROUND));
    return rules;
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new TreeSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return all;
  }

  private static Set<String> packages() {
    return MAY_USE.keySet();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyWhatItsPlaceAllows(String name) {
    Set<String> allowed = union(MAY_USE.get(name), Set.of(name));
    noClasses()
        .that()
        .resideInAPackage(tree(name))
        .should()
        .dependOnClassesThat(
            resideInAPackage("keras..").and(not(resideInAnyPackage(trees(allowed)))))
        .as("keras." + name + " uses nothing of ours but " + allowed)
        .allowEmptyShould(true)
        .check(LIBRARY);
  }

  @Test
  void everyClassLivesInAPackageThatHasARule() {
    classes()
        .that()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(trees(packages()))
        .allowEmptyShould(true)
        .check(LIBRARY);
  }

  @Test
  void onlyTheBackendTouchesGraphsAndSessions() {
    noClasses()
        .that()
        .resideOutsideOfPackage(tree("backend"))
        .should()
        .dependOnClassesThat()
        .haveNameMatching("org\\.tensorflow\\.(Graph|Session)(\\$.*)?")
        .allowEmptyShould(true)
        .check(LIBRARY);
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("keras.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(LIBRARY);
  }

  private static String tree(String name) {
    return "keras." + name + "..";
  }

  private static String[] trees(Set<String> names) {
    return names.stream().map(ArchitectureTest::tree).toArray(String[]::new);
  }
}
