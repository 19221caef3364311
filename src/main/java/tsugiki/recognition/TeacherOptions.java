package tsugiki.recognition;

import io.soabase.recordbuilder.core.RecordBuilder;
import tsugiki.base.Checks;
import tsugiki.base.NetworkName;
import tsugiki.base.OptionalPath;

/**
 * The teacher of a feature network: a larger frozen network whose maps it learns to predict.
 *
 * @param teacher its name, such as {@code inception-folded:DIR}; empty for none
 * @param teacherSide the side in pixels that images are resized to before it
 * @param views distorted views of the images that its maps are computed for, once, and kept; 512 at
 *     least
 * @param freshViews views that are added to them in each step until there are so many
 * @param teacherImages a folder or zip of further images without labels, such as generated ones;
 *     empty for none. A third of the views is made of them
 * @param student a feature network of the same shape whose weights the student begins with; empty
 *     for random ones
 */
@RecordBuilder
public record TeacherOptions(
    String teacher,
    int teacherSide,
    int views,
    int freshViews,
    String teacherImages,
    String student)
    implements TeacherOptionsBuilder.With {

  /** Checks every value. */
  public TeacherOptions {
    teacher = teacher == null ? "" : NetworkName.absolute(teacher);
    teacherImages = OptionalPath.absolute(teacherImages);
    student = OptionalPath.absolute(student);
    Checks.size("teacherSide", teacherSide, 1);
    Checks.size("views", views, 1);
    Checks.size("freshViews", freshViews, 1);
  }

  /** No teacher; with one, Inception's own side and 24,000 views. */
  public static TeacherOptions defaults() {
    return new TeacherOptions("", 299, 24_000, 4, "", "");
  }

  /** Whether there is a teacher. */
  public boolean given() {
    return !teacher.isEmpty();
  }
}
