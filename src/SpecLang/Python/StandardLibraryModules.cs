using System.Collections.Frozen;

namespace VPythonTools.SpecLang.Python;

/// <summary>
/// Which top-level modules each Python brings on any platform, private ones included. From 3.10 on it is <c>sys.stdlib_module_names</c>; of 3.8 and 3.9 what
/// their library has, with what 3.10 names for other platforms; of 2.7 what its library has, with the modules that its documentation names for Windows and
/// macOS. Modules that only test Python are left out, but for the package <c>test</c>.
/// </summary>
internal static class StandardLibraryModules
{
    private const string Data =
        """
        2.7:
            BaseHTTPServer Bastion CDROM CGIHTTPServer Canvas Carbon ColorPicker ConfigParser Cookie DLFCN Dialog DocXMLRPCServer
            EasyDialogs FileDialog FixTk FrameWork HTMLParser IN MacOS MimeWriter MiniAEFrame Nav PixMapWrapper Queue ScrolledText
            SimpleDialog SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO TYPES Tix Tkconstants Tkdnd Tkinter UserDict UserList
            UserString W _LWPCookieJar _MozillaCookieJar __builtin__ _abcoll _bsddb _hotshot _sha _subprocess _winreg aepack aetools aetypes
            al anydbm applesingle audiodev autoGIL bgenlocations bsddb buildtools cPickle cStringIO cd cfmfile commands compiler cookielib
            copy_reg dbhash dircache dl dumbdbm dummy_thread exceptions findertools fl fm fpformat future_builtins gdbm gensuitemodule gl
            hotshot htmlentitydefs htmllib httplib ic icglue icopen ihooks imgfile imputil jpeg linuxaudiodev macerrors macostools macpath
            macresource macurl2path markupbase md5 mhlib mimetools mimify multifile mutex new os2emxpath popen2 posixfile repr rexec rfc822
            robotparser sets sgmllib sha sre statvfs stringold strop sunaudio sunaudiodev terminalcommand thread tkColorChooser
            tkCommonDialog tkFileDialog tkFont tkMessageBox tkSimpleDialog toaiff ttk urllib2 urlparse user videoreader whichdb xmllib
            xmlrpclib
        2.7 3.8:
            dummy_threading
        2.7 3.8-3.9:
            formatter parser symbol
        2.7 3.8-3.10:
            binhex
        2.7 3.8-3.11:
            _sha256 _sha512 asynchat asyncore distutils imp smtpd
        2.7 3.8-3.12:
            _msi aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib
            uu xdrlib
        2.7 3.8-3.13:
            __future__ __main__ _ast _bisect _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections
            _csv _ctypes _curses _curses_panel _elementtree _functools _hashlib _heapq _io _json _locale _lsprof _md5 _multibytecodec
            _multiprocessing _osx_support _pyio _random _scproxy _socket _sqlite3 _sre _ssl _strptime _struct _symtable _threading_local
            _tkinter _warnings _weakref _weakrefset abc antigravity argparse array ast atexit base64 bdb binascii bisect bz2 cProfile
            calendar cmath cmd code codecs codeop collections colorsys compileall contextlib copy csv ctypes curses datetime dbm decimal
            difflib dis doctest email encodings ensurepip errno fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath
            getopt getpass gettext glob grp gzip hashlib heapq hmac idlelib imaplib importlib inspect io itertools json keyword linecache
            locale logging mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode
            operator optparse os pdb pickle pickletools pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
            py_compile pyclbr pydoc pydoc_data pyexpat quopri random re readline resource rlcompleter runpy sched select shelve shlex shutil
            signal site smtplib socket sqlite3 sre_compile sre_constants sre_parse ssl stat string stringprep struct subprocess symtable sys
            sysconfig syslog tabnanny tarfile tempfile termios test textwrap this threading time timeit token tokenize trace traceback tty
            turtle types unicodedata unittest urllib uuid warnings wave weakref webbrowser winsound wsgiref xml zipfile zipimport zlib
        3.8:
            _dummy_thread
        3.8-3.9:
            _bootlocale
        3.8-3.12:
            _crypt
        3.8-3.13:
            _abc _asyncio _blake2 _bz2 _collections_abc _compat_pickle _compression _contextvars _datetime _dbm _decimal _frozen_importlib
            _frozen_importlib_external _gdbm _imp _lzma _markupbase _opcode _operator _overlapped _pickle _posixshmem _posixsubprocess
            _py_abc _pydecimal _queue _sha1 _sha3 _signal _sitebuiltins _stat _statistics _string _thread _tracemalloc _uuid _winapi asyncio
            builtins concurrent configparser contextvars copyreg dataclasses enum faulthandler html http ipaddress lzma pathlib queue
            reprlib secrets selectors socketserver statistics tkinter tracemalloc turtledemo typing venv winreg xmlrpc zipapp
        3.9:
            _peg_parser
        3.9-3.11:
            _bootsubprocess
        3.9-3.13:
            _aix_support _zoneinfo graphlib zoneinfo
        3.11-3.13:
            _tokenize _typing tomllib
        3.12-3.13:
            _pydatetime _pylong _sha2
        3.13:
            _android_support _colorize _interpchannels _interpqueues _interpreters _ios_support _opcode_metadata _pyrepl _suggestions
            _sysconfig _wmi
        """;

    /// <summary>The modules by the version of Python.</summary>
    public static FrozenDictionary<PythonMinor, FrozenSet<string>> ByPython { get; } = Read();

    private static FrozenDictionary<PythonMinor, FrozenSet<string>> Read()
    {
        var modules = new Dictionary<PythonMinor, HashSet<string>>();
        PythonMinor[] pythons = [];
        foreach (string line in Data.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.EndsWith(':'))
            {
                pythons = [.. line[..^1].Split(' ').SelectMany(ReadRange)];
                continue;
            }
            foreach (PythonMinor python in pythons)
            {
                if (!modules.TryGetValue(python, out HashSet<string>? names)) modules.Add(python, names = new(StringComparer.Ordinal));
                names.UnionWith(line.Split(' '));
            }
        }
        return modules.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary><c>3.8</c>, or <c>3.8-3.11</c>.</summary>
    private static IEnumerable<PythonMinor> ReadRange(string text)
    {
        string[] ends = text.Split('-');
        if (!PythonMinor.TryParse(ends[0], out PythonMinor first, out string? error) || !PythonMinor.TryParse(ends[^1], out PythonMinor last, out error))
            throw new InvalidOperationException(error);
        return Enumerable.Range(first.Minor, last.Minor - first.Minor + 1).Select(minor => new PythonMinor(first.Major, minor));
    }
}
