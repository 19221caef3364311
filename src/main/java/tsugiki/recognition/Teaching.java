package tsugiki.recognition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tsugiki.data.ImageSet;
import tsugiki.data.TrainingImages;
import tsugiki.model.FrozenNetwork;
import tsugiki.pretrained.FrozenNetworks;

/**
 * What a run with a teacher reads beside its own images.
 *
 * @param teacher the network whose maps are predicted
 * @param further images without labels
 * @param start the weights that the student begins with; random without
 */
record Teaching(FrozenNetwork teacher, Optional<ImageSet> further, Optional<StudentStart> start) {
  /**
   * Finds it without TensorFlow's library.
   *
   * @param options with a teacher
   * @param classes that the student predicts
   * @throws tsugiki.base.BadInputException if something is not there or does not fit
   */
  static Teaching open(FeatureRunOptions options, int classes) {
    TeacherOptions teacher = options.teacher();
    FeatureTrainingOptions training = options.training();
    Optional<ImageSet> further =
        path(teacher.teacherImages())
            .map(
                images ->
                    TrainingImages.load(images, List.of(), training.size(), options.onBadImage()));
    Optional<StudentStart> start =
        path(teacher.student())
            .map(student -> StudentStart.open(student, training.architecture(classes)));
    return new Teaching(FrozenNetworks.open("⟨teacher⟩", teacher.teacher()), further, start);
  }

  private static Optional<Path> path(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
  }

  /**
   * Opens the teacher.
   *
   * @param images of the training
   * @param views the folder of the teacher's maps
   */
  Distillation distillation(FeatureRunOptions options, ImageSet images, Path views) {
    FeatureTrainingOptions training = options.training();
    return new Distillation(
        options.teacher(),
        teacher,
        images,
        further,
        training.architecture(1).widths().size(),
        training.seed(),
        views,
        options.execution().settings());
  }
}
