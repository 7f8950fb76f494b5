"""rolecall on Apache Spark.

``sentences`` and ``documents`` run the rolecall binary on every executor through
``DataFrame.mapInArrow``; ``confusion`` and ``overlap`` count their results in Spark and give the
figures of ``rolecall analyze``.
"""

from rolecall_spark.filter import documents, sentences
from rolecall_spark.tables import confusion, overlap

__all__ = ["confusion", "documents", "overlap", "sentences"]
