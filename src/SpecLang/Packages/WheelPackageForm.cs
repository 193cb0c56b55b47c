namespace VPythonTools.SpecLang.Packages;

/// <summary>For whom the wheel of a package is, as the package's name says.</summary>
public enum WheelPackageForm
{
    /// <summary>The name says nothing: <c>infra/python/wheels/six</c>.</summary>
    Plain,

    /// <summary>Python 2 and 3 on every platform: <c>-py2_py3</c>.</summary>
    Python2And3,

    /// <summary>Python 3 on every platform: <c>-py3</c>.</summary>
    Python3,

    /// <summary>Python 2 on every platform: <c>-py2</c>.</summary>
    Python2,

    /// <summary>One platform and one Python, which a further part of the name says: <c>/${vpython_platform}</c>.</summary>
    Platform,
}
